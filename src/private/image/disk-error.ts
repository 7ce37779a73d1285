import { Construct } from 'constructs';
import { misuse } from '../misuse';

/** What can be wrong with a disk, by the code in Node.js's error messages; those of the worker thread have nothing but a message. */
const REASONS: { readonly [code: string]: string } = {
  ENOSPC: 'no space left on device',
  EDQUOT: 'disk quota exceeded',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
};

/**
 * Says which folder could not be written to, and what to do.
 *
 * @param fix how to use another folder
 */
export function writing<Result>(scope: Construct, folder: string, fix: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const message = (error as Error).message;
    const code = Object.keys(REASONS).find((candidate) => message.includes(`${candidate}: `));
    throw code === undefined ? error : misuse(scope, `can't write to ${folder}: ${REASONS[code]}; make room or give access there, or ${fix}`);
  }
}
