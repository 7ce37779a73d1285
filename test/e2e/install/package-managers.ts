import * as fs from 'node:fs';
import * as path from 'node:path';
import { minVersion } from 'semver';
import { downloads } from './machine';
import { devDependencies, peerDependencies } from '../../../package.json';
import { downloadNpmPackage } from '../../../scripts/stand-ins/npm-package';

export interface PackageManager {
  readonly name: string;
  readonly peers: Readonly<Record<'aws-cdk-lib' | 'constructs', string>>;
  /** Command that installs what the package.json of the working directory names. */
  readonly install: readonly string[];
  /** Command that runs an executable of what is installed. */
  readonly exec: readonly string[];
  /** Added to the environment. */
  readonly environment: (registry: string) => Readonly<Record<string, string>>;
  /** Whether packages are files in node_modules, and not in an archive. */
  readonly unpacks: boolean;
  /** What has to be in a project before it can be installed. */
  readonly files?: Readonly<Record<string, string>>;
  /** How it says that a package lacks a peer, or has the wrong one. */
  readonly peerProblem: RegExp;
}

const newest = { 'aws-cdk-lib': devDependencies['aws-cdk-lib'], 'constructs': devDependencies.constructs };

// Yarn looks up even the packages that come inside of aws-cdk-lib, and a registry may lack what is inside of the newest.
const oldest = { 'aws-cdk-lib': floor('aws-cdk-lib'), 'constructs': floor('constructs') };

export const npm: PackageManager = {
  name: 'npm',
  peers: newest,
  install: ['npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--strict-peer-deps'],
  exec: ['npx', '--no', '--'],
  environment: () => ({}),
  unpacks: true,
  peerProblem: /peer|ERESOLVE/i,
};

/** Nothing is hoisted: a package finds what it depends on, and nothing else. */
export function pnpm(): PackageManager {
  const command = [process.execPath, path.join(downloadNpmPackage('pnpm', '10.34.9'), 'bin/pnpm.cjs')];
  return {
    name: 'pnpm without hoisting',
    peers: newest,
    install: [...command, 'install', '--no-frozen-lockfile', '--prefer-offline', '--no-hoist', '--strict-peer-dependencies', '--store-dir', path.join(downloads, 'pnpm')],
    exec: [...command, 'exec'],
    environment: () => ({}),
    unpacks: true,
    peerProblem: /peer/i,
  };
}

export function yarn1(): PackageManager {
  const cache = path.join(downloads, 'yarn-1');
  const command = [process.execPath, path.join(downloadNpmPackage('yarn', '1.22.22'), 'bin/yarn.js')];
  return {
    name: 'Yarn 1',
    peers: oldest,
    install: [...command, 'install', '--prefer-offline', '--non-interactive'],
    exec: [...command, '--silent'],
    environment: (registry) => {
      // It takes a tarball for one that it has if only name and version are the same.
      const kept = fs.existsSync(cache) ? fs.readdirSync(cache).filter((entry) => entry.includes('cdk-slim-node-image')) : [];
      kept.forEach((entry) => fs.rmSync(path.join(cache, entry), { recursive: true }));
      return { YARN_REGISTRY: registry, YARN_CACHE_FOLDER: cache };
    },
    unpacks: true,
    peerProblem: /peer/i,
  };
}

export function yarn(linker: 'node-modules' | 'pnp'): PackageManager {
  const command = [process.execPath, path.join(downloadNpmPackage('@yarnpkg/cli-dist', '4.18.1'), 'bin/yarn.js')];
  return {
    name: `Yarn 4 with ${linker}`,
    peers: oldest,
    install: [...command, 'install'],
    exec: command,
    environment: (registry) => ({
      YARN_NODE_LINKER: linker,
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_GLOBAL_FOLDER: path.join(downloads, 'yarn-4'),
      YARN_ENABLE_TELEMETRY: 'false',
    }),
    unpacks: linker === 'node-modules',
    // It takes a folder without one for a part of the project above it.
    files: { 'yarn.lock': '' },
    peerProblem: /YN0002|YN0060|YN0086|peer/,
  };
}

function floor(name: 'aws-cdk-lib' | 'constructs'): string {
  return minVersion(peerDependencies[name])?.version ?? peerDependencies[name];
}
