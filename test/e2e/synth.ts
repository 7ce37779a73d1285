import * as fs from 'node:fs';
import * as path from 'node:path';
import { APP_DEFINITION, AppDefinition, ImageDefinition } from './app-definition';
import { runCommand } from './run-command';
import { temporaryFolder } from './temporary-folder';
import type { ImagePlan } from '../../src/private/image/image-plan';

export interface SynthOptions {
  /**
   * Command that starts the CDK app.
   *
   * @default - one that makes the images of the definition
   */
  readonly app?: string;
  /** @default - a new one */
  readonly cdkOut?: string;
  /** More arguments of `cdk synth`. */
  readonly args?: readonly string[];
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** A command that runs the CLI, such as `['unshare', '--net']`. */
  readonly through?: readonly string[];
  /** Receives the id of the process group of the CLI and the app. */
  readonly onStart?: (group: number) => void;
}

export interface SynthResult {
  readonly code: number | string;
  /** What the user sees. */
  readonly output: string;
  readonly cdkOut: string;
}

/** What the CDK CLI reads about an image in the asset manifest. */
export interface SynthesizedImage {
  /** Absolute path of the build context. */
  readonly directory: string;
  readonly assetHash: string;
  /** The asset manifest's source, as it is. */
  readonly source: { readonly directory: string; readonly platform: string };
}

interface AssetManifest {
  readonly dockerImages?: Readonly<Record<string, { readonly displayName: string; readonly source: SynthesizedImage['source'] }>>;
}

const cli = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
const imagesApp = [process.execPath, '--import', require.resolve('tsx'), path.join(__dirname, 'cdk-app.ts')].join(' ');

/** Runs `cdk synth`, in an empty folder and without credentials, to its end, however that is. */
export async function runSynth(definition: AppDefinition, options: SynthOptions = {}): Promise<SynthResult> {
  const { app = imagesApp, cdkOut = path.join(temporaryFolder(), 'cdk.out'), args = [], environment, through = [], onStart } = options;
  const home = temporaryFolder();
  // Another user may be the one that synthesizes.
  fs.chmodSync(home, 0o777);
  const command = [...through, process.execPath, cli, 'synth', '--quiet', '--no-notices', '--app', app, '--output', cdkOut, ...args];
  const { code, output } = await runCommand(command[0], command.slice(1), {
    cwd: home,
    environment: {
      AWS_CONFIG_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_HOME: path.join(home, '.cdk'),
      CDK_VALIDATION: 'false',
      [APP_DEFINITION]: JSON.stringify(definition),
      ...environment,
    },
    onStart,
  });
  return { code, output, cdkOut };
}

/** Synthesizes an app. Returns its images by id. */
export async function synth(definition: AppDefinition, options: SynthOptions = {}): Promise<Readonly<Record<string, SynthesizedImage>>> {
  const { code, output, cdkOut } = await runSynth(definition, options);
  if (code !== 0) {
    throw new Error(`'cdk synth' ended with ${code}:\n${output}`);
  }
  return synthesizedImages(cdkOut);
}

/** Synthesizes an app of one image. */
export async function synthImage(image: ImageDefinition, options: SynthOptions = {}): Promise<SynthesizedImage> {
  return (await synth({ Stack: { Image: image } }, options)).Image;
}

/** The images that the asset manifests in a cdk.out name, by id. */
export function synthesizedImages(cdkOut: string): Readonly<Record<string, SynthesizedImage>> {
  const manifests = fs.readdirSync(cdkOut).filter((file) => file.endsWith('.assets.json'))
    .map((file): AssetManifest => JSON.parse(fs.readFileSync(path.join(cdkOut, file), 'utf8')));
  const images = manifests.flatMap(({ dockerImages = {} }) => Object.entries(dockerImages));
  return Object.fromEntries(images.map(([assetHash, { displayName, source }]) =>
    [displayName.split('/')[0], { directory: path.join(cdkOut, source.directory), assetHash, source }]));
}

export function readPlan({ directory }: SynthesizedImage): ImagePlan {
  return JSON.parse(fs.readFileSync(path.join(directory, 'image-plan.json'), 'utf8'));
}

/** The folders of assets in a cdk.out, whole or not. */
export function stagedFolders(cdkOut: string): string[] {
  return fs.existsSync(cdkOut) ? fs.readdirSync(cdkOut).filter((name) => name.startsWith('asset.')) : [];
}
