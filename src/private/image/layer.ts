import * as fs from 'node:fs';
import * as path from 'node:path';

/** What a layer holds at one path. Owner and times are the same for all layers, so that the same content gives the same bytes. */
export type LayerEntry =
  | { readonly type: 'directory'; readonly path: string }
  | { readonly type: 'file'; readonly path: string; readonly source: string; readonly executable: boolean }
  | { readonly type: 'symlink'; readonly path: string; readonly target: string };

/**
 * The content of a file or folder on disk as layer entries.
 *
 * Symbolic links are kept where they point to something inside of the folder, and followed elsewhere.
 *
 * @param target absolute path in the image
 */
export function layerEntries(source: string, target: string): LayerEntry[] {
  return collect(source, target, { source: fs.realpathSync(source), ancestors: [] });
}

interface Walk {
  /** Real path of the folder that is copied. */
  readonly source: string;
  /** Real paths of the folders that lead to here, to notice a link that leads back. */
  readonly ancestors: readonly string[];
}

function collect(source: string, target: string, walk: Walk): LayerEntry[] {
  const stats = fs.lstatSync(source);
  if (stats.isSymbolicLink() && walk.ancestors.length > 0 && pointsInside(source, walk.source)) {
    return [{ type: 'symlink', path: target, target: fs.readlinkSync(source).split(path.sep).join('/') }];
  }
  const real = realPath(source);
  const followed = fs.statSync(real);
  if (followed.isFile()) {
    return [{ type: 'file', path: target, source: real, executable: (followed.mode & 0o100) !== 0 }];
  }
  if (!followed.isDirectory()) {
    throw new Error(`${source} is neither a file nor a folder nor a symbolic link; remove it, or copy its siblings one by one`);
  }
  if (walk.ancestors.includes(real)) {
    throw new Error(`${source} is a symbolic link to a folder that contains it; remove it`);
  }
  const children = fs.readdirSync(real).flatMap((name) =>
    collect(path.join(real, name), `${target}/${name}`, { ...walk, ancestors: [...walk.ancestors, real] }));
  return [{ type: 'directory', path: target }, ...children];
}

function realPath(source: string): string {
  try {
    return fs.realpathSync(source);
  } catch {
    throw new Error(`${source} is a symbolic link to ${fs.readlinkSync(source)}, which does not exist; remove it, or make what it points to`);
  }
}

function pointsInside(link: string, folder: string): boolean {
  const target = fs.readlinkSync(link);
  const relative = path.relative(folder, path.resolve(path.dirname(link), target));
  return !path.isAbsolute(target) && relative.split(path.sep)[0] !== '..' && fs.existsSync(link);
}
