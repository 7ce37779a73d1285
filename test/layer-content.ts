import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { SlimNodeImage } from '../src';

/** What GNU tar finds in a layer: one line an entry, with mode, owner, size, time and path. */
export function layerListing(image: SlimNodeImage, layer = 'app.tar'): string[] {
  return execFileSync('tar', ['--utc', '-tvf', path.join(image.contextDirectory, layer)], { encoding: 'utf8' })
    .trim().split('\n').map((line) => line.replace(/ +/g, ' '));
}

/** The content of one file in a layer. */
export function fileInLayer(image: SlimNodeImage, file: string, layer = 'app.tar'): string {
  return execFileSync('tar', ['-xOf', path.join(image.contextDirectory, layer), file], { encoding: 'utf8', maxBuffer: 1 << 26 });
}

/** Runs the bundle of an image with this Node.js, from a folder that holds the layer and nothing else, and returns what it prints. */
export function runBundle(image: SlimNodeImage, folder: string, ...nodeOptions: string[]): string {
  execFileSync('tar', ['-xf', path.join(image.contextDirectory, 'app.tar'), '-C', folder]);
  const entryPoint = layerListing(image).map((line) => /app\/index\.[cm]js$/.exec(line)?.[0]).find(Boolean) ?? '';
  return execFileSync(process.execPath, ['--enable-source-maps', ...nodeOptions, path.join(folder, entryPoint)], { encoding: 'utf8' });
}
