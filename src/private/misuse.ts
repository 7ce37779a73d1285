import { Construct } from 'constructs';

/**
 * What is wrong with a construct's props or with its app: where, what was got, what was expected, and the fix.
 *
 * The stack trace begins where the construct was made: the lines of this library would only hide that one.
 */
export function misuse(scope: Construct, message: string): Error {
  const error = new Error(`${scope.node.path}: ${message}`);
  const full = error.stack;
  Error.captureStackTrace(error, scope.constructor);
  if (!error.stack?.includes('\n    at ')) {
    error.stack = full;
  }
  return error;
}
