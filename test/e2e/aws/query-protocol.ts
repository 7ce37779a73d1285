/** The protocol of CloudFormation and STS: forms in, XML out. */
export type Parameters = Readonly<Record<string, string>>;

export function parseForm(body: string): Parameters {
  return Object.fromEntries(new URLSearchParams(body));
}

export function response(action: string, result: object): string {
  return `<${action}Response><${action}Result>${xml(result)}</${action}Result></${action}Response>`;
}

export function errorResponse(code: string, message: string): string {
  return `<ErrorResponse>${xml({ Error: { Type: 'Sender', Code: code, Message: message } })}</ErrorResponse>`;
}

function xml(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map((item) => `<member>${xml(item)}</member>`).join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).filter(([, child]) => child !== undefined).map(([name, child]) => `<${name}>${xml(child)}</${name}>`).join('');
  }
  return String(value).replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
