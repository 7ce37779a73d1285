/** An error whose message the client may see. */
export class HttpError extends Error {
  constructor(readonly status: number, message: string, readonly details?: unknown) {
    super(message);
    this.name = new.target.name;
  }
}

export class NotFoundError extends HttpError {
  constructor(what: string, id: string) {
    super(404, `there is no ${what} ${id}`);
  }
}

export class ConflictError extends HttpError {
  constructor(message: string) {
    super(409, message);
  }
}

export class InvalidRequestError extends HttpError {
  constructor(where: 'body' | 'query' | 'path', details: unknown) {
    super(422, `the ${where} of the request is invalid`, details);
  }
}
