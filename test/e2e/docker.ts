import { randomBytes } from 'node:crypto';
import { output, runCommand } from './run-command';
import type { SynthesizedImage } from './synth';

/** The docker command, as the CDK CLI finds it. */
export const DOCKER = process.env.CDK_DOCKER ?? 'docker';

export interface Builder {
  readonly name: string;
  /** What chooses it. */
  readonly environment: Readonly<Record<string, string>>;
}

const bothBuilders: readonly Builder[] = [
  { name: 'BuildKit', environment: { DOCKER_BUILDKIT: '1' } },
  { name: 'the classic builder', environment: { DOCKER_BUILDKIT: '0' } },
];

/** DOCKER_BUILDKIT=0 says that this machine has no BuildKit. */
export const builders = bothBuilders.filter(({ name }) => name !== 'BuildKit' || process.env.DOCKER_BUILDKIT !== '0' || process.env.CI === 'true');

const containers: string[] = [];
const images: string[] = [];

/** A name that no other run of the tests has. The container of that name is removed after the tests of the file. */
export function containerName(): string {
  return uniqueName(containers);
}

/** A tag that no other run of the tests has. The image of that tag is removed after the tests of the file. */
export function imageTag(): string {
  return uniqueName(images);
}

function uniqueName(names: string[]): string {
  const name = `slim-node-image-e2e-${randomBytes(6).toString('hex')}`;
  names.push(name);
  return name;
}

/** Builds a synthesized image with the arguments of the CDK CLI. Returns its tag. */
export async function buildImage({ directory, source }: Pick<SynthesizedImage, 'directory' | 'source'>, builder: Builder = builders[0], ...args: string[]): Promise<string> {
  const tag = imageTag();
  await output(DOCKER, ['build', '--tag', tag, '--platform', source.platform, ...args, '.'], {
    cwd: directory,
    environment: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1', ...builder.environment },
  });
  return tag;
}

export interface InspectedImage {
  readonly Architecture: string;
  readonly Os: string;
  readonly RepoDigests: readonly string[];
  readonly RootFS: { readonly Layers: readonly string[] };
  readonly Config: {
    readonly Cmd: readonly string[];
    readonly Entrypoint: readonly string[];
    readonly Env: readonly string[];
    readonly ExposedPorts: Readonly<Record<string, object>>;
    readonly Labels: Readonly<Record<string, string>>;
    readonly User: string;
    readonly Volumes: Readonly<Record<string, object>>;
    readonly WorkingDir: string;
  };
}

export async function inspectImage(reference: string): Promise<InspectedImage> {
  return JSON.parse(await output(DOCKER, ['image', 'inspect', reference]))[0];
}

afterAll(async () => {
  for (const container of containers.splice(0)) {
    await runCommand(DOCKER, ['rm', '--force', '--volumes', container]);
  }
  for (const image of images.splice(0)) {
    await runCommand(DOCKER, ['rmi', '--force', image]);
  }
});
