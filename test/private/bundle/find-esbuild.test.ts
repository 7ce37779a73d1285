import * as fs from 'node:fs';
import * as path from 'node:path';
import { findEsbuild } from '../../../src/private/bundle/find-esbuild';
import { project, write } from '../../project';

/** A project whose node_modules has an esbuild of some version, which is never run. */
function withEsbuild(version: string): string {
  return project(esbuildFiles(version));
}

function esbuildFiles(version: string) {
  return {
    'src/index.ts': '',
    'node_modules/esbuild/package.json': JSON.stringify({ name: 'esbuild', version, main: 'lib/main.js' }),
    'node_modules/esbuild/lib/main.js': '',
    'node_modules/esbuild/bin/esbuild': '',
  };
}

const main = (folder: string) => path.join(folder, 'node_modules/esbuild/lib/main.js');

test('takes the esbuild nearest to the entry', () => {
  const folder = withEsbuild('0.27.1');
  expect(findEsbuild([path.join(folder, 'src'), withEsbuild('0.28.0')], '')).toBe(main(folder));
});

test('takes the next one where there is none', () => {
  const folder = withEsbuild('0.28.0');
  expect(findEsbuild([project({ 'index.ts': '' }), folder], '')).toBe(main(folder));
});

test('passes over one that is too old, such as the one of another tool', () => {
  const folder = withEsbuild('0.28.0');
  expect(findEsbuild([withEsbuild('0.17.19'), folder], '')).toBe(main(folder));
});

test('takes a global installation on PATH as the last one', () => {
  const folder = withEsbuild('0.28.0');
  fs.mkdirSync(path.join(folder, 'bin'));
  fs.symlinkSync('../node_modules/esbuild/bin/esbuild', path.join(folder, 'bin/esbuild'));
  expect(findEsbuild([project({ 'index.ts': '' })], ['relative', '', path.join(folder, 'bin')].join(path.delimiter))).toBe(main(folder));
});

test('says what to run where there is none', () => {
  const folder = project({ 'index.ts': '' });
  expect(() => findEsbuild([folder], '/nonexistent')).toThrow("esbuild is not installed; run 'npm install --save-dev esbuild' (or the same with pnpm or yarn) "
    + `in the project of the entry or of the CDK app; looked for it from ${folder}, and on PATH`);
});

test('says which versions there are where none fits', () => {
  const folder = withEsbuild('0.17.19');
  expect(() => findEsbuild([folder], '')).toThrow(`esbuild is too old or too new: found 0.17.19 in ${folder}/node_modules/esbuild; expected >=0.25.0 <1; run 'npm install`);
});

test('is not misled by a folder named esbuild that is no package', () => {
  const folder = project({ 'index.ts': '' });
  write(path.join(folder, 'node_modules/esbuild/README.md'), '');
  expect(() => findEsbuild([folder], '')).toThrow('esbuild is not installed');
});
