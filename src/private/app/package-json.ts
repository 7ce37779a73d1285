import * as fs from 'node:fs';
import * as path from 'node:path';

/** The fields of a package.json that decide how an app is built. */
export interface PackageJson {
  /** Absolute path of the file. */
  readonly file: string;
  readonly type?: string;
  readonly engines?: { readonly node?: string };
  readonly workspaces?: unknown;
}

/** All folders from a folder up to the root of the file system, nearest first. */
export function ancestors(directory: string): string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}

/** The package.json of one folder, if there is one. Throws when it is not JSON. */
export function readPackageJson(directory: string): PackageJson | undefined {
  const file = path.join(directory, 'package.json');
  if (!fs.existsSync(file)) {
    return undefined;
  }
  try {
    return { ...JSON.parse(fs.readFileSync(file, 'utf8')), file };
  } catch (error) {
    throw new Error(`can't read ${file}: ${error instanceof Error ? error.message : error}`);
  }
}
