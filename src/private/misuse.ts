import { Construct } from 'constructs';

/** What is wrong with a construct's props: where, what was got, what was expected, and the fix. */
export function misuse(scope: Construct, message: string): Error {
  return new Error(`${scope.node.path}: ${message}`);
}
