import type { ImageDefinition } from './app-definition';
import { DOCKER } from './docker';
import { runCommand } from './run-command';
import { distrolessStandIn } from '../../scripts/stand-ins/distroless';

type BaseImage = NonNullable<ImageDefinition['baseImage']>;

/** Seconds for the answer of a registry that may not be reachable. */
const PULL_DEADLINE = 10;

/** The distroless image of Node.js 24: the real one where it can be had, else what stands in for it. */
export async function distroless(platform: 'linux/amd64' | 'linux/arm64' = 'linux/amd64'): Promise<BaseImage> {
  return { reference: await distrolessReference(platform), nodeMajor: 24 };
}

async function distrolessReference(platform: 'linux/amd64' | 'linux/arm64'): Promise<string> {
  const real = `gcr.io/distroless/nodejs24-debian13:nonroot${platform === 'linux/arm64' ? '-arm64' : '-amd64'}`;
  if (await isPulled(real)) {
    return real;
  }
  // Where a stand-in is, the registry was out of reach before.
  const { stdout } = await runCommand(DOCKER, ['images', '--quiet', 'slim-node-image/distroless-nodejs24-debian13']);
  if (stdout.trim() === '') {
    await runCommand('timeout', [String(PULL_DEADLINE), DOCKER, 'pull', '--quiet', '--platform', platform, real]);
    if (await isPulled(real)) {
      return real;
    }
  }
  return distrolessStandIn({ nodeMajor: 24, platform, docker: DOCKER });
}

/** An image that was made here has no digest of a registry, whatever its name. */
async function isPulled(reference: string): Promise<boolean> {
  const { code, stdout } = await runCommand(DOCKER, ['image', 'inspect', '--format', '{{len .RepoDigests}}', reference]);
  return code === 0 && Number(stdout) > 0;
}
