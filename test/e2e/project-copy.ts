import * as fs from 'node:fs';
import * as path from 'node:path';
import { fixture } from './fixture-apps';

const checkout = path.resolve(__dirname, '..', '..');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Copies a fixture app into a folder, with the packages that it depends on in a node_modules of its own. */
export function copyProject(app: string, target: string): void {
  fs.cpSync(fixture(app), target, { recursive: true });
  for (const folder of packageFolders(checkout, readManifest(target), new Set())) {
    fs.cpSync(folder, path.join(target, path.relative(checkout, folder)), { recursive: true });
  }
}

/** The folders of all packages that a package needs, which is at `from`. */
function packageFolders(from: string, { dependencies, optionalDependencies }: Manifest, found: Set<string>): Set<string> {
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const folder = packageFolder(from, name);
    if (!found.has(folder)) {
      packageFolders(folder, readManifest(folder), found.add(folder));
    }
  }
  return found;
}

function packageFolder(from: string, name: string): string {
  const folder = path.join(from, 'node_modules', name);
  if (fs.existsSync(folder)) {
    return folder;
  }
  if (from === checkout) {
    throw new Error(`the package ${name} is not installed in ${checkout}`);
  }
  return packageFolder(path.dirname(from), name);
}

function readManifest(folder: string): Manifest {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
}
