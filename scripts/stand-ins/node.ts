import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTemporaryFolder } from './cached-folder';
import { runCommandLine } from './command-line';
import { debianRootLayer } from './debian-root';
import { buildImage, defaultDocker, hasImage, loadImage, Platform } from './docker';
import { writeImageArchive } from './image-archive';
import { hostCaBundle, packHostLayer, packNodeLayer } from './node-layers';
import { nodeRelease } from './node-release';
import { progress } from './progress';
import { toolchain } from './toolchain';

export type NodeVariant = 'full' | 'slim';

export interface NodeStandInOptions {
  /** 22, 24 or 26. */
  readonly nodeMajor: number;
  /** 'full' as `node:24`, with compilers and headers; 'slim' as `node:24-slim`. */
  readonly variant: NodeVariant;
  /**
   * The docker command.
   *
   * @default - the environment variable CDK_DOCKER, else 'docker'
   */
  readonly docker?: string;
}

const suite = 'bookworm';

/**
 * Makes, unless Docker has it, an image of this machine's CPU architecture that stands in for the official `node:24` or
 * `node:24-slim` on machines that cannot reach Docker Hub, and returns its tag.
 *
 * In it `RUN npm install` works as npm does on this machine.
 */
export function nodeStandIn({ nodeMajor, variant, docker = defaultDocker() }: NodeStandInOptions): string {
  const { node: version } = nodeRelease(nodeMajor);
  const tag = `slim-node-image/node:${nodeMajor}${variant === 'slim' ? '-slim' : ''}`;
  if (hasImage(docker, tag)) return tag;

  const slim = variant === 'full' ? nodeStandIn({ nodeMajor, variant: 'slim', docker }) : undefined;
  progress(`making ${tag} with Node ${version}`);
  withTemporaryFolder((folder) => {
    if (slim === undefined) {
      loadSlimImage(docker, folder, tag, nodeMajor);
    } else {
      const install = `apt-get install --quiet=2 --yes --no-install-recommends ${toolchain.join(' ')}`;
      writeFileSync(join(folder, 'Dockerfile'), `FROM ${slim}\nRUN apt-get update --quiet=2 && ${install} && rm -rf /var/lib/apt/lists/*\n`);
      buildImage(docker, folder, tag);
    }
  });
  return tag;
}

function loadSlimImage(docker: string, folder: string, tag: string, nodeMajor: number): void {
  const platform: Platform = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';
  copyFileSync(debianRootLayer(suite), join(folder, 'debian.tar'));
  loadImage(docker, writeImageArchive({
    folder,
    tag,
    platform,
    layers: ['debian.tar', packNodeLayer(folder, nodeMajor, platform), packHostLayer(folder)],
    config: {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['node'],
      Env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        `NODE_VERSION=${nodeRelease(nodeMajor).node}`,
        `NODE_EXTRA_CA_CERTS=${hostCaBundle}`,
      ],
    },
  }));
}

const usage = `usage: npx tsx scripts/stand-ins/node.ts [--node 24] [--variant full] [--docker docker]

Makes a local stand-in for the official image node:24 or node:24-slim, unless Docker has it, and prints its tag.
Remove the image to have it made again; downloads stay in .cache/stand-ins.

  --node     22, 24 or 26
  --variant  full or slim
  --docker   the docker command (default: $CDK_DOCKER, else docker)`;

if (require.main === module) {
  runCommandLine({
    usage,
    defaults: { node: '24', variant: 'full', docker: defaultDocker() },
    make: ({ node, variant, docker }) => nodeStandIn({ nodeMajor: Number(node), variant: parseVariant(variant), docker }),
  });
}

function parseVariant(text: string): NodeVariant {
  if (text !== 'full' && text !== 'slim') throw new Error(`there is no variant '${text}' of a Node image; expected 'full' or 'slim'`);
  return text;
}
