import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './run-command';

/** Makes a folder of a layer. Modes are set again because the umask lowers those of mkdir. */
export function putFolder(root: string, path: string, mode = 0o755): void {
  const folder = join(root, path);
  if (!existsSync(folder)) {
    if (dirname(path) !== '.') putFolder(root, dirname(path));
    mkdirSync(folder);
  }
  chmodSync(folder, mode);
}

/** Makes a file of a layer. */
export function putFile(root: string, path: string, content: string | Uint8Array, mode = 0o644): void {
  if (!existsSync(join(root, dirname(path)))) putFolder(root, dirname(path));
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), mode);
}

export interface PackLayerOptions {
  /** Folder whose content becomes the layer. */
  readonly root: string;
  /** The tar that is written. */
  readonly file: string;
  /**
   * Paths without content that belong to another user ID than root's, or 'kept' for the owners that the files have.
   *
   * @default - everything belongs to root
   */
  readonly owners?: Readonly<Record<string, number>> | 'kept';
}

/** Writes a layer tar. The same content gives the same bytes. */
export function packLayer({ root, file, owners = {} }: PackLayerOptions): void {
  const format = ['--format=gnu', '--sort=name', '--mtime=@0', '--numeric-owner', '--no-recursion'];
  const create = ['--create', `--file=${file}`, `--directory=${root}`, ...format];
  const paths = ['--recursion', ...readdirSync(root).sort()];
  if (owners === 'kept') {
    runCommand('tar', [...create, ...paths]);
    return;
  }
  const excluded = Object.keys(owners).map((path) => `--exclude=${path}`);
  runCommand('tar', [...create, '--owner=:0', '--group=:0', ...excluded, ...paths]);
  for (const [path, id] of Object.entries(owners)) {
    runCommand('tar', ['--append', `--file=${file}`, `--directory=${root}`, ...format, `--owner=:${id}`, `--group=:${id}`, path]);
  }
}
