import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { withTemporaryFolder } from './cached-folder';
import { Platform } from './docker';
import { packLayer, putFile, putFolder } from './layer';
import { downloadNode, nodeRelease } from './node-release';
import { downloadNpmPackage } from './npm-package';
import { runCommand } from './run-command';

/** Where an image has the CA bundle of the machine that made it; update-ca-certificates looks for more certificates here. */
export const hostCaBundle = '/usr/local/share/ca-certificates/host.crt';

// As the official images: a first argument that is no command is for node.
const entrypoint = `#!/bin/sh
case "$1" in
  -*) set -- node "$@" ;;
  *) command -v "$1" > /dev/null || set -- node "$@" ;;
esac
exec "$@"
`;

/** Writes the layer with Node, npm and what else the official images have in /usr/local. */
export function packNodeLayer(folder: string, nodeMajor: number, platform: Platform): string {
  return pack(folder, 'node', (root) => {
    const release = downloadNode(nodeMajor, platform);
    putFolder(root, 'usr/local');
    for (const path of ['bin', 'include', 'share', 'CHANGELOG.md', 'LICENSE', 'README.md']) {
      cpSync(join(release, path), join(root, 'usr/local', path), { recursive: true });
    }
    addNpmPackage(root, 'npm', nodeRelease(nodeMajor).npm, { npm: 'bin/npm-cli.js', npx: 'bin/npx-cli.js' });
    // Neither comes with Node 26.
    if (nodeMajor < 26) {
      addNpmPackage(root, 'corepack', '0.34.7', { corepack: 'dist/corepack.js' });
      addNpmPackage(root, 'yarn', '1.22.22', { yarn: 'bin/yarn.js', yarnpkg: 'bin/yarn.js' });
    }
    symlinkSync('node', join(root, 'usr/local/bin/nodejs'));
    putFile(root, 'usr/local/bin/docker-entrypoint.sh', entrypoint, 0o755);
  });
}

/**
 * Writes the layer that makes `RUN npm install` work in a build on this machine.
 *
 * A build has this machine's network but none of its configuration. What it lacks is npm's registry and, where the network
 * signs TLS with a CA of its own, that CA: both are taken from npm's configuration here. Credentials are not.
 */
export function packHostLayer(folder: string): string {
  return pack(folder, 'host', (root) => {
    const bundle = readFileSync(npmConfiguration('cafile') ?? process.env.NODE_EXTRA_CA_CERTS ?? '/etc/ssl/certs/ca-certificates.crt');
    putFile(root, hostCaBundle.slice(1), bundle);
    putFile(root, 'etc/ssl/certs/ca-certificates.crt', bundle);
    putFile(root, 'usr/local/etc/npmrc', `registry=${npmConfiguration('registry')}\n`);
  });
}

function npmConfiguration(key: string): string | undefined {
  // In an empty folder: the configuration of a project is not the machine's.
  const value = withTemporaryFolder((folder) => {
    return runCommand('npm', ['config', 'get', key], { cwd: folder, environment: { npm_config_local_prefix: folder } }).trim();
  });
  return ['', 'null', 'undefined'].includes(value) ? undefined : value;
}

function addNpmPackage(root: string, name: string, version: string, commands: Readonly<Record<string, string>>): void {
  const path = `usr/local/lib/node_modules/${name}`;
  putFolder(root, path);
  cpSync(downloadNpmPackage(name, version), join(root, path), { recursive: true });
  for (const [command, file] of Object.entries(commands)) {
    putFile(root, join(path, file), readFileSync(join(root, path, file)), 0o755);
    symlinkSync(`../lib/node_modules/${name}/${file}`, join(root, 'usr/local/bin', command));
  }
}

function pack(folder: string, name: string, fill: (root: string) => void): string {
  const root = join(folder, name);
  mkdirSync(root);
  fill(root);
  packLayer({ root, file: `${root}.tar` });
  rmSync(root, { recursive: true });
  return `${name}.tar`;
}
