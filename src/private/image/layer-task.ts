import { createHash } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { finished } from 'node:stream/promises';
import type { LayerEntry } from './layer';
import { sortedEntries } from './layer-order';

export interface LayerInput {
  /** Absolute path of the tar to write. */
  readonly file: string;
  readonly entries: readonly LayerEntry[];
}

export interface LayerOutput {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly diffId: string;
  /** Bytes. */
  readonly size: number;
}

const EPOCH = new Date(0);

/**
 * Folders that a base image has with owners and modes that matter: an entry of a layer replaces those.
 *
 * Source: the tar of gcr.io/distroless/static-debian13.
 */
const KNOWN_DIRECTORIES: { readonly [path: string]: { readonly mode: number; readonly uid?: number } } = {
  '/tmp': { mode: 0o1777 },
  '/var/tmp': { mode: 0o1777 },
  '/root': { mode: 0o700 },
  '/home/nonroot': { mode: 0o700, uid: 65532 },
};

/**
 * Writes a layer as a tar whose bytes depend on paths, contents and executable bits alone: entries are sorted, times are
 * zero, owners are root, and every parent folder has an entry, as its time would be that of the build otherwise.
 */
export default async function writeLayer({ file, entries }: LayerInput): Promise<LayerOutput> {
  const { createTarPacker } = await import('modern-tar');
  const { readable, controller } = createTarPacker();
  const hash = createHash('sha256');
  const output = fs.createWriteStream(file, { flags: 'wx' });
  let size = 0;

  const drain = async () => {
    for await (const chunk of readable) {
      hash.update(chunk);
      size += chunk.length;
      if (!output.write(chunk)) {
        await once(output, 'drain');
      }
    }
    output.end();
    await finished(output);
  };
  const fill = async () => {
    for (const entry of sortedEntries(entries)) {
      const body = controller.add(header(entry)).getWriter();
      if (entry.type === 'file') {
        for await (const chunk of fs.createReadStream(entry.source, { highWaterMark: 1 << 20 })) {
          await body.write(chunk);
        }
      }
      await body.close();
    }
    controller.finalize();
  };
  await Promise.all([drain(), fill()]);
  return { diffId: `sha256:${hash.digest('hex')}`, size };
}

function header(entry: LayerEntry) {
  const name = entry.path.slice(1);
  const common = { mtime: EPOCH, uid: 0, gid: 0, size: 0 };
  switch (entry.type) {
    case 'directory': {
      const { mode, uid = 0 } = KNOWN_DIRECTORIES[entry.path] ?? { mode: 0o755 };
      return { ...common, type: entry.type, name: `${name}/`, mode, uid, gid: uid };
    }
    case 'symlink':
      return { ...common, type: entry.type, name, mode: 0o777, linkname: entry.target };
    case 'file':
      return { ...common, type: entry.type, name, mode: entry.executable ? 0o755 : 0o644, size: fs.statSync(entry.source).size };
  }
}
