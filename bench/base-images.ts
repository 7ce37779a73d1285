import { docker, dockerCommand, hasImage } from './docker';
import { distrolessStandIn } from '../scripts/stand-ins/distroless';
import { nodeStandIn } from '../scripts/stand-ins/node';

export interface BaseImages {
  /** The full Node.js image. */
  readonly node: string;
  readonly distroless: string;
}

/** As of Docker's names for CPU architectures. */
export const platform = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';

const official = { node: 'node:24', distroless: 'gcr.io/distroless/nodejs24-debian13:nonroot' };

/** The official images where Docker has them or can pull them; else the stand-ins, which are made on this machine. */
export async function findBaseImages(): Promise<BaseImages> {
  return {
    node: await available(official.node) ? official.node : nodeStandIn({ nodeMajor: 24, variant: 'full', docker: dockerCommand }),
    distroless: await available(official.distroless) ? official.distroless : distrolessStandIn({ nodeMajor: 24, platform, docker: dockerCommand }),
  };
}

export function isOfficial(reference: string): boolean {
  return Object.values(official).includes(reference);
}

async function available(reference: string): Promise<boolean> {
  return await hasImage(reference)
    || await docker(['pull', '--quiet', '--platform', platform, reference], { deadline: 300_000 }).then(() => true, () => false);
}
