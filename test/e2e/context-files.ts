import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** SHA-256 of each file in a build context. */
export function contextFiles(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(fs.readdirSync(directory).sort().map((file) =>
    [file, createHash('sha256').update(fs.readFileSync(path.join(directory, file))).digest('hex')]));
}
