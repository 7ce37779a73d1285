import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the app that all ways put into an image. */
export const appFolder = join(__dirname, 'app');

/** A copy of the app of the benchmark, which each way has for itself. */
export class AppCopy {
  constructor(readonly folder: string) {
    cpSync(appFolder, folder, { recursive: true });
  }

  /** Changes one line of one source file. */
  setRelease(release: string): void {
    const file = join(this.folder, 'src/release.ts');
    const source = readFileSync(file, 'utf8');
    const changed = source.replace(/(?<=export const release = ').*(?=';)/, release);
    if (changed === source) throw new Error(`${file} does not change to release ${release}`);
    writeFileSync(file, changed);
  }
}

/** Number of source files and lines of the app. */
export function appSize(): { readonly files: number; readonly lines: number } {
  const sources = readdirSync(join(appFolder, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const lines = sources.map((file) => readFileSync(join(appFolder, 'src', file), 'utf8').split('\n').length - 1);
  return { files: sources.length, lines: lines.reduce((sum, count) => sum + count, 0) };
}
