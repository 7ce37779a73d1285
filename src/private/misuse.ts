import * as path from 'node:path';
import { Construct } from 'constructs';

/** Folders of this library's code, as a stack trace names them without and with source maps. */
const LIBRARY = ['lib', 'src'].map((folder) => path.resolve(__dirname, '..', '..', folder) + path.sep);

const misuses = new WeakSet<Error>();

/**
 * What is wrong with a construct's props or with its app: where, what was got, what was expected, and the fix.
 *
 * The stack trace begins where the construct was made, or where its method was called: the lines of this library would only hide that one.
 */
export function misuse(scope: Construct, message: string): Error {
  const error = new Error(`${scope.node.path}: ${message}`);
  Error.captureStackTrace(error, scope.constructor);
  if (!error.stack?.includes('\n    at ')) {
    const limit = Error.stackTraceLimit;
    // The library's own lines may be more than are kept.
    Error.stackTraceLimit = limit + 50;
    Error.captureStackTrace(error);
    error.stack = withoutOwnFrames(error, limit);
    Error.stackTraceLimit = limit;
  }
  misuses.add(error);
  return error;
}

function withoutOwnFrames({ stack = '', message }: Error, limit: number): string {
  const header = `Error: ${message}\n`;
  const frames = stack.startsWith(header) ? stack.slice(header.length).split('\n') : [];
  const first = frames.findIndex((frame) => !LIBRARY.some((folder) => frame.includes(folder)));
  return first > 0 ? header + frames.slice(first, first + limit).join('\n') : stack;
}

/** An error for what goes wrong with a construct later: its stack trace begins where the construct was made. */
export function origin(scope: Construct): Error {
  const error = new Error();
  Error.captureStackTrace(error, scope.constructor);
  return error;
}

/** What to throw in place of an error: the origin, with its message; other errors than those of this library keep their own stack trace. */
export function atOrigin(error: unknown, place: Error): unknown {
  if (!misuses.has(error as Error)) {
    return error;
  }
  place.message = (error as Error).message;
  return place;
}
