import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Platform } from './docker';
import { runCommand } from './run-command';

export interface ImageArchiveOptions {
  /** Folder with the layer tars; the archive is written there too. */
  readonly folder: string;
  readonly tag: string;
  readonly platform: Platform;
  /** File names of the layer tars, lowest first. */
  readonly layers: readonly string[];
  /** The `config` object of the image configuration. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Writes an image in the format of `docker save` and returns the file.
 *
 * No builder is asked, so that the image ID depends on the content alone, and no builder's notion of platforms matters.
 */
export function writeImageArchive({ folder, tag, platform, layers, config }: ImageArchiveOptions): string {
  const [os, architecture] = platform.split('/');
  const created = '1970-01-01T00:00:00Z';
  const imageConfiguration = JSON.stringify({
    architecture,
    os,
    created,
    config,
    history: layers.map((layer) => ({ created, created_by: basename(layer, '.tar') })),
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${sha256(readFileSync(join(folder, layer)))}`) },
  });
  const configurationFile = `${sha256(imageConfiguration)}.json`;
  writeFileSync(join(folder, configurationFile), imageConfiguration);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify([{ Config: configurationFile, RepoTags: [tag], Layers: layers }]));

  const archive = join(folder, 'image.tar');
  runCommand('tar', ['--create', `--file=${archive}`, `--directory=${folder}`, 'manifest.json', configurationFile, ...layers]);
  return archive;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
