import { existsSync, lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { name } from '../package.json';

/**
 * Lets examples and tests import the package of a checkout by its name, as a user does.
 *
 * The links lead to what is in the package. One link to the whole checkout would be a loop, in which tools that search for
 * files get lost.
 */
export function linkSelf(checkout: string): void {
  const folder = join(checkout, 'node_modules', name);
  // Something else may be running with it.
  if (existsSync(join(folder, 'lib')) && !lstatSync(folder).isSymbolicLink()) return;

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const entry of ['package.json', 'lib']) symlinkSync(join('..', '..', entry), join(folder, entry));
}

if (require.main === module) linkSelf(resolve(__dirname, '..'));
