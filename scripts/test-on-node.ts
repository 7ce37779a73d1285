import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runJest } from './run-jest';
import { nodeRelease } from './stand-ins/node-release';
import { downloadNpmPackage } from './stand-ins/npm-package';

// The oldest that package.json's `engines` allows, and the newest of each later major.
const versions = ['20.9.0', nodeRelease(22).node, nodeRelease(24).node];

const [major, ...args] = process.argv.slice(2);
const wanted = versions.filter((version) => major === undefined || version.startsWith(`${major}.`));
if (wanted.length === 0) {
  process.stderr.write(`there is no test on Node '${major}'; expected the major of one of ${versions.join(', ')}\n`);
  process.exitCode = 1;
}

for (const version of wanted) {
  // npm may not run the installation script of the package `node`: take the package with the binary.
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const node = join(downloadNpmPackage(`node-${platform}-${process.arch}`, version), 'bin/node');
  const reported = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  if (reported !== `v${version}`) throw new Error(`${node} says that it is ${reported}; expected v${version}: remove that folder and try again`);

  process.stdout.write(`\nunit tests on Node ${reported}\n`);
  if (runJest({ report: `node-${version}`, node, args }) !== 0) process.exitCode = 1;
}
