import * as fs from 'node:fs';
import * as path from 'node:path';
import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { PackageJson, ancestors, readPackageJson } from './package-json';
import { misuse } from '../misuse';

/** A Node.js app as found on disk. */
export interface NodeApp {
  /** Absolute path of the source file that bundling starts from. */
  readonly entry: string;
  /** Absolute path of the folder that all paths inside the bundle are relative to. */
  readonly projectRoot: string;
  /** The package that the entry belongs to. */
  readonly packageJson?: PackageJson;
}

export interface AppLocation {
  readonly entry: string;
  readonly projectRoot?: string;
}

const ENTRY_EXTENSIONS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'];
const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'];

/** Finds what an entry belongs to. Everything is looked up from the entry upwards, never from the working directory. */
export function discoverApp(scope: Construct, { entry, projectRoot }: AppLocation): NodeApp {
  const entryFile = existingPath(scope, 'entry', entry);
  if (!fs.statSync(entryFile).isFile()) {
    throw misuse(scope, `'entry' ${entry} is a folder; expected the source file that starts the app, such as ${path.join(entry, 'index.ts')}`);
  }
  if (!ENTRY_EXTENSIONS.includes(path.extname(entryFile)) || /\.d\.[mc]?ts$/.test(entryFile)) {
    throw misuse(scope, `'entry' ${entry} is not a file that esbuild can start from; expected one of ${ENTRY_EXTENSIONS.join(' ')}`);
  }

  const folders = ancestors(path.dirname(entryFile));
  const packages = readPackages(scope, folders);
  const root = projectRoot === undefined ? findProjectRoot(folders, packages) : existingPath(scope, 'projectRoot', projectRoot);
  if (!fs.statSync(root).isDirectory()) {
    throw misuse(scope, `'projectRoot' ${projectRoot} is a file; expected the folder of the project`);
  }
  if (!folders.includes(root)) {
    throw misuse(scope, `'entry' ${entryFile} is outside of 'projectRoot' ${root}; set 'projectRoot' to a folder that contains it`);
  }
  return { entry: entryFile, projectRoot: root, packageJson: packages[0] };
}

function readPackages(scope: Construct, folders: string[]): PackageJson[] {
  try {
    return folders.map(readPackageJson).filter((found) => found !== undefined);
  } catch (error) {
    throw misuse(scope, (error as Error).message);
  }
}

/** Symbolic links are resolved, as esbuild does: otherwise paths inside the bundle would depend on where the project lies. */
function existingPath(scope: Construct, prop: string, value: string): string {
  if (Token.isUnresolved(value)) {
    throw misuse(scope, `'${prop}' is a token, which has no value until deployment; expected a path`);
  }
  const absolute = path.resolve(value);
  if (!fs.existsSync(absolute)) {
    throw misuse(scope, `'${prop}' ${absolute} does not exist; expected a path that is absolute or relative to the working directory, ${process.cwd()}`);
  }
  return fs.realpathSync.native(absolute);
}

/** The nearest folder with a lockfile or a workspace definition; without one, that of the package, or of the entry itself. */
function findProjectRoot(folders: string[], packages: PackageJson[]): string {
  const workspaces = packages.filter(({ workspaces: found }) => found !== undefined).map(({ file }) => path.dirname(file));
  const isRoot = (folder: string) => workspaces.includes(folder)
    || [...LOCK_FILES, 'pnpm-workspace.yaml'].some((name) => fs.existsSync(path.join(folder, name)));
  return folders.find(isRoot) ?? (packages.length > 0 ? path.dirname(packages[0].file) : folders[0]);
}
