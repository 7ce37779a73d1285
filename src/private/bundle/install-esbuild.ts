import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { runCommand } from '../run-command';

/** The version that this library is developed with. */
export const ESBUILD_VERSION = '0.28.2';

const SWITCH = 'SLIM_NODE_IMAGE_INSTALL_ESBUILD';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the CDK app is in Python, Java, C# or Go, where nothing has a node_modules, and its user did not forbid to install esbuild. */
export function mayInstallEsbuild(environment: Environment): boolean {
  // What runs this library for another language says so.
  return environment.JSII_AGENT !== undefined && environment[SWITCH] !== 'false';
}

/**
 * Installs esbuild in the cache folder of the user, once and for all CDK apps.
 *
 * @param announce is told what takes a while, before it begins
 * @returns folder whose node_modules has it
 */
export function installEsbuild(environment: Environment, announce: (line: string) => void): string {
  try {
    const folder = path.join(cacheFolder(environment), 'cdk-slim-node-image', `esbuild-${ESBUILD_VERSION}-${process.platform}-${process.arch}`);
    if (!fs.existsSync(folder)) {
      announce(`esbuild is not installed: installing version ${ESBUILD_VERSION} in ${folder}; ${SWITCH}=false turns this off`);
      fs.mkdirSync(path.dirname(folder), { recursive: true, mode: 0o700 });
      install(folder);
    }
    return folder;
  } catch (error) {
    throw new Error(`esbuild is not installed, and could not be installed for you; run 'npm install esbuild@${ESBUILD_VERSION}' in ${process.cwd()} `
      + `or in the project of the entry, or 'npm install --global esbuild@${ESBUILD_VERSION}': ${(error as Error).message}`);
  }
}

/** The folder for what can be had again, as the platform has it. */
export function cacheFolder(environment: Environment, platform: string = process.platform): string {
  // The specification of XDG says to ignore a relative one.
  if (environment.XDG_CACHE_HOME !== undefined && path.isAbsolute(environment.XDG_CACHE_HOME)) {
    return environment.XDG_CACHE_HOME;
  }
  switch (platform) {
    case 'darwin': return path.join(os.homedir(), 'Library', 'Caches');
    case 'win32': return environment.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local');
    default: return path.join(os.homedir(), '.cache');
  }
}

/** Fills the folder, which appears only when it is whole: another process may look for it, or do the same. */
function install(folder: string): void {
  const draft = fs.mkdtempSync(`${folder}.`);
  try {
    fs.writeFileSync(path.join(draft, 'package.json'), '{ "private": true }\n');
    runCommand('npm', ['install', `esbuild@${ESBUILD_VERSION}`, '--ignore-scripts', '--include=optional', '--no-package-lock', '--no-audit', '--no-fund',
      '--loglevel=error', '--fetch-retries=1'], { directory: draft, environment: { npm_config_local_prefix: draft } });
    // Its binary is in a package of its own, which a registry or a configuration of npm may hold back.
    runCommand(process.execPath, [path.join('node_modules', 'esbuild', 'bin', 'esbuild'), '--version'], { directory: draft });
    fs.renameSync(draft, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) {
      throw error;
    }
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}
