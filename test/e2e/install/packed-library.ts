import * as path from 'node:path';
import { output } from '../run-command';
import { temporaryFolder } from '../temporary-folder';
import { checkout } from './machine';

/** The tarball that `npm publish` would upload. */
export async function packLibrary(): Promise<string> {
  const folder = temporaryFolder();
  const name = (await output('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: checkout })).trim().split('\n').at(-1) ?? '';
  return path.join(folder, name);
}
