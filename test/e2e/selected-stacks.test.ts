import * as fs from 'node:fs';
import * as path from 'node:path';
import { fixture } from './fixture-apps';
import { SynthesizedImage, synth } from './synth';
import { temporaryFolder } from './temporary-folder';

let images: Readonly<Record<string, SynthesizedImage>>;
let metafiles: string;

beforeAll(async () => {
  metafiles = temporaryFolder();
  const image = (id: string) => ({ [id]: { entry: fixture('javascript-commonjs/index.js'), esbuild: { metafile: path.join(metafiles, id) } } });
  images = await synth({ One: image('Selected'), Two: image('Other') }, { args: ['--exclusively', 'One'] });
});

test('only the selected stack is bundled', () => {
  expect(fs.readdirSync(metafiles)).toEqual(['Selected']);
});

test('the image of the selected stack has a layer with its app', () => {
  expect(fs.readdirSync(images.Selected.directory)).toContain('app.tar');
});

test('the image of the other stack is a stub', () => {
  expect(fs.readdirSync(images.Other.directory)).toEqual(['Dockerfile']);
});

test('the stub says why it is one', () => {
  expect(fs.readFileSync(path.join(images.Other.directory, 'Dockerfile'), 'utf8')).toContain('Bundling was skipped');
});
