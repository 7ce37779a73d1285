import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minVersion } from 'semver';
import { peerDependencies } from '../package.json';
import { linkSelf } from './link-self';
import { root, runJest } from './run-jest';
import { cachedFolder } from './stand-ins/cached-folder';
import { runCommand } from './stand-ins/run-command';

/** Lowest version of each peer, by its name. */
const floor = Object.fromEntries(Object.entries(peerDependencies).map(([name, range]) => [name, minVersion(range)?.version ?? range]));

// A checkout of its own: workers and processes that the tests start find the same versions, which jest's mapping of modules would not reach.
const checkout = join(root, '.cache', 'floor');
rmSync(checkout, { recursive: true, force: true });
copyCheckout();
linkDependencies(join(root, 'node_modules'), join(checkout, 'node_modules'));
linkSelf(checkout);
writeFileSync(join(checkout, 'test', 'floor.test.ts'), floorTest());
// cdk-nag needs a newer aws-cdk-lib than the floor, and cdk-docker-image-deployment newer constructs.
for (const test of ['cdk-nag.test.ts', 'own-repository.test.ts']) rmSync(join(checkout, 'test', test));

process.stdout.write(`type check and unit tests with ${Object.entries(floor).map((entry) => entry.join(' ')).join(' and ')}\n`);
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '--project', 'tsconfig.json'], { cwd: checkout, stdio: 'inherit' });
process.exitCode = runJest({ report: 'floor', cwd: checkout, args: process.argv.slice(2) });

function copyCheckout(): void {
  const left = ['.cache', '.git', 'cdk.out', 'dist', 'node_modules', 'test-reports'];
  mkdirSync(checkout, { recursive: true });
  for (const name of readdirSync(root).filter((entry) => !left.includes(entry))) {
    cpSync(join(root, name), join(checkout, name), { recursive: true, verbatimSymlinks: true });
  }
}

/** Links every installed package, except for the peers, which come from an installation of their own. */
function linkDependencies(from: string, to: string): void {
  const peers = installPeers();
  mkdirSync(to);
  for (const name of readdirSync(from)) symlinkSync(join(name in floor ? peers : from, name), join(to, name));
}

function installPeers(): string {
  const packages = Object.entries(floor).map((entry) => entry.join('@'));
  const folder = cachedFolder(packages.join('+'), (draft) => {
    writeFileSync(join(draft, 'package.json'), JSON.stringify({ private: true, dependencies: floor }));
    runCommand('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: draft, environment: { npm_config_local_prefix: draft } });
  });
  return join(folder, 'node_modules');
}

/** Fails when the tests, or the library that they test, load other versions of the peers. */
function floorTest(): string {
  return `
    import { createRequire } from 'node:module';

    test.each(${JSON.stringify(Object.entries(floor))})('%s is %s, the floor', (name, version) => {
      expect(jest.requireActual(name + '/package.json').version).toBe(version);
      expect(createRequire(require.resolve('../lib'))(name + '/package.json').version).toBe(version);
    });
  `;
}
