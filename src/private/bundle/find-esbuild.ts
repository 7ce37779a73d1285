import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { satisfies } from 'semver';
import { ancestors } from '../app/package-json';

const SUPPORTED_VERSIONS = '>=0.25.0 <1';

/**
 * Finds the esbuild package that a project uses.
 *
 * @param directories folders whose node_modules (and those above them) are searched, first one first
 * @param searchPath the PATH that the `esbuild` command is looked for on after that: a global installation
 * @param install the last resort, where there is one: returns another folder to search
 * @returns absolute path of its main module
 */
export function findEsbuild(directories: readonly string[], searchPath: string, install?: () => string): string {
  const rejected = new Set<string>();
  for (const candidate of candidates(directories, searchPath)) {
    const { version } = JSON.parse(fs.readFileSync(path.join(packageFolder(candidate), 'package.json'), 'utf8'));
    if (satisfies(version, SUPPORTED_VERSIONS)) {
      return candidate;
    }
    rejected.add(`${version} in ${packageFolder(candidate)}`);
  }
  const installed = install && resolveFrom(install());
  if (installed !== undefined) {
    return installed;
  }
  throw new Error([
    rejected.size > 0 ? `esbuild is too old or too new: found ${[...rejected].join(', ')}; expected ${SUPPORTED_VERSIONS}` : 'esbuild is not installed',
    "run 'npm install --save-dev esbuild' (or the same with pnpm or yarn) in the project of the entry or of the CDK app",
    ...(rejected.size > 0 ? [] : [`looked for it from ${directories.join(', ')}, and on PATH`]),
  ].join('; '));
}

function* candidates(directories: readonly string[], searchPath: string): Generator<string> {
  for (const directory of directories) {
    const found = resolveFrom(directory);
    if (found !== undefined) {
      yield found;
    }
  }
  for (const directory of searchPath.split(path.delimiter).filter((part) => path.isAbsolute(part))) {
    const command = path.join(directory, 'esbuild');
    if (fs.existsSync(command)) {
      // The command is a link into the package: .../node_modules/esbuild/bin/esbuild
      const found = resolveFrom(path.dirname(fs.realpathSync(command)));
      if (found !== undefined) {
        yield found;
      }
    }
  }
}

function resolveFrom(directory: string): string | undefined {
  try {
    return createRequire(path.join(directory, 'noop.js')).resolve('esbuild');
  } catch {
    return undefined;
  }
}

function packageFolder(main: string): string {
  return ancestors(path.dirname(main)).find((folder) => fs.existsSync(path.join(folder, 'package.json'))) ?? path.dirname(main);
}
