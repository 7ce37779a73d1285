import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandOptions, runCommand } from './run-command';

/** The docker command that the CDK CLI would use. */
export const dockerCommand = process.env.CDK_DOCKER ?? 'docker';

export function docker(args: readonly string[], options?: Omit<CommandOptions, 'environment'>): Promise<string> {
  // Clients before 23 have BuildKit but want to be asked for it.
  return runCommand(dockerCommand, args, { ...options, environment: { DOCKER_BUILDKIT: process.env.DOCKER_BUILDKIT ?? '1' } });
}

export async function hasImage(tag: string): Promise<boolean> {
  return (await docker(['images', '--quiet', tag])).trim() !== '';
}

export async function imageId(tag: string): Promise<string> {
  return (await docker(['inspect', '--type', 'image', '--format', '{{.Id}}', tag])).trim();
}

/** Bytes of an image, uncompressed. */
export async function imageSize(tag: string): Promise<number> {
  return Number(await docker(['inspect', '--type', 'image', '--format', '{{.Size}}', tag]));
}

/** Removes those of the images that are still there, with all of their tags. */
export async function removeImages(ids: Iterable<string>): Promise<void> {
  const existing = (await docker(['images', '--all', '--quiet', '--no-trunc'])).split('\n');
  const images = [...new Set(ids)].filter((id) => existing.includes(id));
  if (images.length > 0) await docker(['rmi', '--force', ...images]);
}

/**
 * Throws when 'docker build' does not build with BuildKit: the classic builder is slower, and newer clients fall back to it without a word.
 *
 * @param emptyFolder a path where nothing is yet
 */
export async function requireBuildKit(emptyFolder: string): Promise<void> {
  const tag = 'slim-node-image/bench:builder';
  mkdirSync(emptyFolder);
  writeFileSync(join(emptyFolder, 'Dockerfile'), 'FROM scratch\nLABEL slim-node-image=bench\n');
  const stdout = await docker(['build', '--tag', tag, emptyFolder]);
  await docker(['rmi', '--force', tag]);
  // BuildKit reports on stderr.
  if (stdout.includes('Step 1/2')) {
    throw new Error(`'${dockerCommand} build' uses the classic builder; expected BuildKit: install buildx, or set CDK_DOCKER to a command that has it`);
  }
}
