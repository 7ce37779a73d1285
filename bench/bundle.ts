import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runCommand } from './run-command';

/** Bytes of each file. */
export type Bundle = Readonly<Record<string, { readonly raw: number; readonly gzipped: number }>>;

/** The files of the bundle in a build context of `SlimNodeImage`, each compressed by itself as with `gzip -6`. */
export async function readBundle(contextDirectory: string, emptyFolder: string): Promise<Bundle> {
  mkdirSync(emptyFolder);
  await runCommand('tar', ['--extract', `--file=${join(contextDirectory, 'app.tar')}`, `--directory=${emptyFolder}`]);
  const files = readdirSync(emptyFolder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(emptyFolder, file)).isFile());
  return Object.fromEntries(files.sort().map((file) => {
    const content = readFileSync(join(emptyFolder, file));
    return [file, { raw: content.length, gzipped: gzipSync(content, { level: 6 }).length }];
  }));
}
