import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { name } from '../package.json';

/** Lets examples and tests import the package by its name, as a user does: `node_modules/NAME` leads to the folder itself. */
export function linkSelf(folder: string): void {
  const link = join(folder, 'node_modules', name);
  if (existsSync(link) && realpathSync(link) === realpathSync(folder)) return;

  rmSync(link, { recursive: true, force: true });
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), folder), link, 'dir');
}

if (require.main === module) linkSelf(resolve(__dirname, '..'));
