/** What a service answers when it refuses a call. */
export class AwsError extends Error {
  constructor(public readonly code: string, message: string) {
    super(message);
  }
}
