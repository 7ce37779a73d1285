import { runCommand } from './run-command';

const platforms = ['linux/amd64', 'linux/arm64'] as const;

export type Platform = (typeof platforms)[number];

export function parsePlatform(text: string): Platform {
  const platform = platforms.find((candidate) => candidate === text);
  if (platform === undefined) throw new Error(`there is no stand-in for the platform '${text}'; expected one of ${platforms.join(', ')}`);
  return platform;
}

/** The docker command that the CDK CLI would use. */
export function defaultDocker(): string {
  return process.env.CDK_DOCKER ?? 'docker';
}

export function hasImage(docker: string, tag: string): boolean {
  // 'inspect' fails alike for an absent image and an absent daemon; 'images' fails for the daemon only.
  return runCommand(docker, ['images', '--quiet', tag]).trim() !== '';
}

/** Loads an archive in the format of `docker save`. */
export function loadImage(docker: string, archive: string): void {
  runCommand(docker, ['load', '--input', archive]);
}

/**
 * Builds the Dockerfile of a folder, with the builder that the docker command chooses: DOCKER_BUILDKIT=1 would be an error where
 * a newer docker command has no buildx.
 */
export function buildImage(docker: string, folder: string, tag: string): void {
  runCommand(docker, ['build', '--quiet', '--tag', tag, folder]);
}
