import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cache = join(__dirname, '..', '..', '.cache', 'stand-ins');

/**
 * The folder `name` of the cache of downloads, which `fill` fills the first time.
 *
 * The folder appears under its name only when it is whole, so that neither a crash nor a second process at the same time
 * leaves half of it.
 */
export function cachedFolder(name: string, fill: (folder: string) => void): string {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;

  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(`${folder}.draft-`);
  try {
    fill(draft);
    renameSync(draft, folder);
  } catch (error) {
    // Another process was faster, and what it made is as good.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/** Calls `use` with an empty folder that is gone afterwards. */
export function withTemporaryFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
