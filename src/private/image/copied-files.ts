import * as fs from 'node:fs';
import * as path from 'node:path';
import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LayerEntry, layerEntries } from './layer';
import { sortedEntries } from './layer-order';
import { misuse } from '../misuse';

/** Links in Debian's file system, whose replacement by a folder would cut the base image off from its libraries, and folders of the kernel. */
const FORBIDDEN_ROOTS = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'dev', 'proc', 'sys'];

/**
 * The entries of the layer for files that are copied as they are.
 *
 * @param copyFiles sources by their absolute path in the image
 */
export function copiedFiles(scope: Construct, copyFiles: { readonly [target: string]: string }): LayerEntry[] {
  const checked = Object.entries(copyFiles).map(([target, source]) => ({ source, target: checkTarget(scope, target), asFolder: target.endsWith('/') }));
  const entries = checked.flatMap(({ source, target, asFolder }) => {
    if (Token.isUnresolved(source)) {
      throw misuse(scope, `'copyFiles' source of '${target}' is a token, which has no value until deployment; expected a path`);
    }
    const absolute = path.resolve(source);
    if (!fs.existsSync(absolute)) {
      throw misuse(scope, `'copyFiles' source ${absolute} does not exist; expected a file or folder, absolute or relative to the working directory, ${process.cwd()}`);
    }
    const isFolder = fs.statSync(absolute).isDirectory();
    return attempt(scope, () => layerEntries(absolute, asFolder && !isFolder ? `${target}/${path.basename(absolute)}` : target));
  });
  return attempt(scope, () => sortedEntries(entries));
}

function checkTarget(scope: Construct, target: string): string {
  const expected = "expected an absolute path in the image, such as '/app/views'";
  if (Token.isUnresolved(target)) {
    throw misuse(scope, `'copyFiles' target is a token, which has no value until deployment; ${expected}`);
  }
  if (!target.startsWith('/')) {
    throw misuse(scope, `'copyFiles' target ${JSON.stringify(target)} is relative; ${expected}`);
  }
  const parts = target.split('/').slice(1, target.endsWith('/') ? -1 : undefined);
  if (parts.length === 0 || parts.some((part) => ['', '.', '..'].includes(part) || /\p{Cc}/u.test(part))) {
    throw misuse(scope, `'copyFiles' target ${JSON.stringify(target)} is not a plain path; ${expected}, without '.', '..', empty parts and control characters`);
  }
  if (FORBIDDEN_ROOTS.includes(parts[0])) {
    throw misuse(scope, `'copyFiles' target ${JSON.stringify(target)} would replace /${parts[0]} of the base image; use a path under /usr, /opt or /app`);
  }
  return `/${parts.join('/')}`;
}

function attempt<Result>(scope: Construct, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw misuse(scope, `'copyFiles': ${(error as Error).message}`);
  }
}
