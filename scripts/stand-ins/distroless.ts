import { withTemporaryFolder } from './cached-folder';
import { runCommandLine } from './command-line';
import { packDistrolessLayers } from './distroless-layers';
import { defaultDocker, hasImage, loadImage, parsePlatform, Platform } from './docker';
import { writeImageArchive } from './image-archive';
import { nodeRelease } from './node-release';
import { progress } from './progress';

export interface DistrolessStandInOptions {
  /** 22, 24 or 26. */
  readonly nodeMajor: number;
  /** @default 'linux/amd64' */
  readonly platform?: Platform;
  /**
   * The docker command.
   *
   * @default - the environment variable CDK_DOCKER, else 'docker'
   */
  readonly docker?: string;
}

/**
 * Makes, unless Docker has it, an image that stands in for `gcr.io/distroless/nodejs24-debian13:nonroot` on machines that
 * cannot reach that registry, and returns its tag. The image comes from Debian's packages and npm's builds of Node.
 *
 * The tag is not the upstream's: nobody shall take the stand-in for the real image.
 */
export function distrolessStandIn({ nodeMajor, platform = 'linux/amd64', docker = defaultDocker() }: DistrolessStandInOptions): string {
  const { node: version } = nodeRelease(nodeMajor);
  const tag = `slim-node-image/distroless-nodejs${nodeMajor}-debian13:nonroot${platform === 'linux/arm64' ? '-arm64' : ''}`;
  if (hasImage(docker, tag)) return tag;

  progress(`making ${tag} with Node ${version}`);
  withTemporaryFolder((folder) => {
    const layers = packDistrolessLayers(folder, nodeMajor, platform);
    loadImage(docker, writeImageArchive({
      folder,
      tag,
      platform,
      layers,
      config: {
        User: '65532',
        WorkingDir: '/home/nonroot',
        Entrypoint: ['/nodejs/bin/node'],
        Env: [
          'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt',
        ],
      },
    }));
  });
  return tag;
}

const usage = `usage: npx tsx scripts/stand-ins/distroless.ts [--node 24] [--platform linux/amd64] [--docker docker]

Makes a local stand-in for gcr.io/distroless/nodejs24-debian13:nonroot, unless Docker has it, and prints its tag.
Remove the image to have it made again; downloads stay in .cache/stand-ins.

  --node      22, 24 or 26
  --platform  linux/amd64 or linux/arm64
  --docker    the docker command (default: $CDK_DOCKER, else docker)`;

if (require.main === module) {
  runCommandLine({
    usage,
    defaults: { node: '24', platform: 'linux/amd64', docker: defaultDocker() },
    make: ({ node, platform, docker }) => distrolessStandIn({ nodeMajor: Number(node), platform: parsePlatform(platform), docker }),
  });
}
