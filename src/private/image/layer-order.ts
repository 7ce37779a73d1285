import * as path from 'node:path';
import type { LayerEntry } from './layer';

/** Entries with all their parent folders, sorted by path. Throws when two of them want the same path. */
export function sortedEntries(entries: readonly LayerEntry[]): LayerEntry[] {
  const byPath = new Map<string, LayerEntry>();
  for (const entry of entries) {
    const other = byPath.get(entry.path);
    if (other !== undefined && !(other.type === 'directory' && entry.type === 'directory')) {
      throw new Error(`two files or folders are copied to ${entry.path}; copy one of them elsewhere`);
    }
    byPath.set(entry.path, entry);
  }
  for (const parent of new Set(entries.flatMap((entry) => parents(entry.path)))) {
    const other = byPath.get(parent);
    if (other !== undefined && other.type !== 'directory') {
      throw new Error(`${parent} is both a file and the parent folder of another one; copy one of them elsewhere`);
    }
    byPath.set(parent, { type: 'directory', path: parent });
  }
  // By code units: a comparison by locale would give other bytes on another machine.
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function parents(file: string): string[] {
  const parent = path.posix.dirname(file);
  return parent === '/' ? [] : [...parents(parent), parent];
}
