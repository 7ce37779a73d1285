import { DOCKER, containerName } from './docker';
import { output } from './run-command';

/** Mode, owner and size of each path in a container's file system: `drwxr-xr-x 0/0 0 app/`. */
export type Files = ReadonlyMap<string, string>;

/** The file system of a container, running or not. */
export async function containerFiles(container: string): Promise<Files> {
  const listing = await output('sh', ['-c', '"$0" export "$1" | tar --list --verbose --numeric-owner --quoting-style=literal', DOCKER, container]);
  return new Map(listing.trimEnd().split('\n').map((line) => {
    const [, mode, owner, size, path] = /^(\S+) (\S+) +(\S+) \S+ \S+ (.*)$/.exec(line) ?? [];
    return [path, `${mode} ${owner} ${size}`];
  }));
}

/** The file system that a base image has when it runs, with what Docker itself puts there. */
export async function baseImageFiles(reference: string, nodePath = '/nodejs/bin/node'): Promise<Files> {
  const name = containerName();
  await output(DOCKER, ['run', '--init', '--read-only', '--user', '65532', '--name', name, '--entrypoint', nodePath, reference, '--version']);
  return containerFiles(name);
}

/** What one file system has that another lacks, sizes left out: `-rw-r--r-- 0/0 app/index.mjs`. */
export function addedFiles(files: Files, base: Files): string[] {
  return [...files].filter(([path]) => !base.has(path)).map(([path, description]) => `${description.split(' ').slice(0, 2).join(' ')} ${path}`).sort();
}

/** The paths that are other than in the base image, or gone. */
export function changedFiles(files: Files, base: Files): string[] {
  return [...base].filter(([path, description]) => files.get(path) !== description).map(([path]) => path);
}
