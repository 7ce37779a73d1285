import * as fs from 'node:fs';
import * as path from 'node:path';
import { runSynth, synthesizedImages } from './synth';
import { folderWith } from './temporary-folder';

const checkout = path.resolve(__dirname, '..', '..');

/** The first example of the README. */
const example = /```ts[^\n]*\n(.*?)```/s.exec(fs.readFileSync(path.join(checkout, 'README.md'), 'utf8'))?.[1] ?? '';

test('the first example of the README has ten lines at most', () => {
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
});

test('the first example of the README is complete', async () => {
  const folder = folderWith({ 'app.ts': example, 'apps/backend/src/index.ts': 'console.log(1);', 'package.json': '{}' });
  fs.symlinkSync(path.join(checkout, 'node_modules'), path.join(folder, 'node_modules'));
  const { code, output, cdkOut } = await runSynth({}, { app: `cd ${folder} && ${process.execPath} --import ${require.resolve('tsx')} app.ts` });
  expect([code, code === 0 ? '' : output]).toEqual([0, '']);
  expect(Object.keys(synthesizedImages(cdkOut))).toEqual(['Backend']);
});
