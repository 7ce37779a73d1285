import * as fs from 'node:fs';
import * as path from 'node:path';

const apps = path.resolve(__dirname, '..', 'fixtures', 'apps');

/** Absolute path of a fixture app, or of a file in it. */
export function fixture(...parts: string[]): string {
  return path.join(apps, ...parts);
}

/** Where a text is in a source file: `src/main.ts:7:11`, as in a stack trace. */
export function position(app: string, file: string, text: string): string {
  const lines = fs.readFileSync(fixture(app, file), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.includes(text));
  if (index < 0) {
    throw new Error(`${file} of the fixture app ${app} has no line with '${text}'`);
  }
  return `${file}:${index + 1}:${lines[index].indexOf(text) + 1}`;
}
