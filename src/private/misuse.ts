import * as path from 'node:path';
import { Construct } from 'constructs';

/** Folders of this library's code, as a stack trace names them without and with source maps. */
const LIBRARY = ['lib', 'src'].map((folder) => path.resolve(__dirname, '..', '..', folder) + path.sep);

/**
 * What is wrong with a construct's props or with its app: where, what was got, what was expected, and the fix.
 *
 * The stack trace begins where this library was called: its own lines would only hide that one.
 */
export function misuse(scope: Construct, message: string): Error {
  const limit = Error.stackTraceLimit;
  // Its lines may be more than are kept.
  Error.stackTraceLimit = limit + 50;
  const error = new Error(`${scope.node.path}: ${message}`);
  Error.stackTraceLimit = limit;
  const header = `Error: ${error.message}\n`;
  const frames = error.stack?.startsWith(header) ? error.stack.slice(header.length).split('\n') : [];
  const first = frames.findIndex((frame) => !LIBRARY.some((folder) => frame.includes(folder)));
  if (first > 0) {
    error.stack = header + frames.slice(first, first + limit).join('\n');
  }
  return error;
}
