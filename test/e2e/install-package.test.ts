import * as fs from 'node:fs';
import * as path from 'node:path';
import { bundledDependencies } from '../../package.json';
import { checkout } from './install/machine';
import { packLibrary } from './install/packed-library';
import { output } from './run-command';
import { temporaryFolder } from './temporary-folder';

let tarball: string;
let files: readonly string[];

beforeAll(async () => {
  tarball = await packLibrary();
  files = (await output('tar', ['--list', '--gzip', `--file=${tarball}`])).trim().split('\n').map((file) => file.replace('package/', ''));
});

test('the package has what is compiled, what jsii reads, and what it bundles, and nothing else', () => {
  const roots = ['lib/', 'node_modules/', '.jsii', 'LICENSE', 'README.md', 'package.json'];
  expect(files.filter((file) => !roots.some((root) => root.endsWith('/') ? file.startsWith(root) : file === root))).toEqual([]);
});

test('the package has the code and the types of each source file', () => {
  const sources = fs.readdirSync(path.join(checkout, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3));
  expect(files.filter((file) => file.startsWith('lib/')).sort()).toEqual(sources.flatMap((source) => [`lib/${source}.d.ts`, `lib/${source}.js`]).sort());
});

test('the package bundles what package.json says, and nothing below it', () => {
  const folders = files.filter((file) => file.startsWith('node_modules/') && file.endsWith('/package.json')).map((file) => path.dirname(file).replace('node_modules/', ''));
  expect(folders.sort()).toEqual([...bundledDependencies].sort());
});

test('what is bundled is pure JavaScript', () => {
  expect(files.filter((file) => /\.(node|so|dll|dylib|exe|wasm)$/.test(file))).toEqual([]);
});

test('the package is below half a megabyte', () => {
  expect(fs.statSync(tarball).size).toBeLessThan(500_000);
});

test('the package names no folder of the machine that made it', async () => {
  const folder = temporaryFolder();
  await output('tar', ['--extract', '--gzip', `--file=${tarball}`, `--directory=${folder}`]);
  const content = files.filter((file) => !file.startsWith('node_modules/')).map((file) => fs.readFileSync(path.join(folder, 'package', file), 'utf8'));
  expect(content.length).toBeGreaterThan(100);
  expect(content.filter((text) => text.includes(checkout))).toEqual([]);
});
