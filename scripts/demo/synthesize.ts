import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DemoBaseImage } from './base-image';
import { runCommand } from './run-command';
import type { ImagePlan } from '../../src/private/image/image-plan';

const example = join(__dirname, '..', '..', 'examples', 'backend');

export interface SynthesizedLayer {
  readonly file: string;
  readonly diffId: string;
  /** Bytes of the tar. */
  readonly size: number;
  /** Bytes of the tar through gzip. */
  readonly compressedSize: number;
}

export interface SynthesizedImage {
  /** Absolute path of the staged build context. */
  readonly directory: string;
  readonly platform: string;
  readonly dockerfile: string;
  readonly layers: readonly SynthesizedLayer[];
}

/** Synthesizes the example with the CDK CLI in a temporary folder and returns its one image. */
export async function synthesize(folder: string, base: DemoBaseImage, signal: AbortSignal): Promise<SynthesizedImage> {
  const cloudAssembly = join(folder, 'cdk.out');
  const cli = join(dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const app = 'node --import tsx ../../scripts/demo/app.ts';
  await runCommand(process.execPath, [cli, 'synth', '--quiet', '--no-notices', '--app', app, '--output', cloudAssembly], {
    cwd: example,
    environment: {
      // An app that is interrupted leaves its temporary files.
      TMPDIR: folder,
      CDK_VALIDATION: 'false',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      SLIM_NODE_BASE_IMAGE: base.isDefault ? '' : base.reference,
      SLIM_NODE_BASE_NODE_PATH: base.nodePath ?? '',
    },
    signal,
  });

  const { directory, platform } = dockerImageSource(cloudAssembly);
  const context = join(cloudAssembly, directory);
  const plan: ImagePlan = JSON.parse(readFileSync(join(context, 'image-plan.json'), 'utf8'));
  return {
    directory: context,
    platform,
    dockerfile: readFileSync(join(context, 'Dockerfile'), 'utf8'),
    layers: plan.layers.map(({ file, diffId, size }) => ({ file, diffId, size, compressedSize: gzipSync(readFileSync(join(context, file))).length })),
  };
}

interface AssetManifest {
  readonly dockerImages: Readonly<Record<string, { readonly source: { readonly directory: string; readonly platform: string } }>>;
}

/** Where the CDK CLI looks for what to build. */
function dockerImageSource(cloudAssembly: string) {
  const file = readdirSync(cloudAssembly).find((name) => name.endsWith('.assets.json'));
  if (file === undefined) throw new Error(`${cloudAssembly} has no *.assets.json; expected that of the example's stack`);
  const manifest: AssetManifest = JSON.parse(readFileSync(join(cloudAssembly, file), 'utf8'));
  const [image] = Object.values(manifest.dockerImages);
  return image.source;
}
