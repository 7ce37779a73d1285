import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { AppCopy, appFolder } from './app-copy';
import { platform } from './base-images';
import { docker } from './docker';
import { measure } from './measure';
import { runCommand } from './run-command';
import type { Way } from './way';
import { downloadNpmPackage } from '../scripts/stand-ins/npm-package';

export interface SlimNodeImageOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly baseImage: string;
  /** Of the package cache. */
  readonly packageUrl: string;
}

export interface SlimNodeImageWay extends Way {
  /** The build context of the last build. */
  readonly contextDirectory: () => string;
}

interface DockerImage {
  readonly source: { readonly directory: string };
}

/** Ours: a CDK app bundles at synth, and `docker build` adds one layer to the base image. */
export function slimNodeImage({ folder, baseImage, packageUrl }: SlimNodeImageOptions): SlimNodeImageWay {
  const app = new AppCopy(join(folder, 'app'));
  const cdkApp = writeCdkProject(join(folder, 'cdk'));
  const output = join(folder, 'cdk/cdk.out');
  const pnpm = pnpmCommand();
  let image = '';
  let contextDirectory = '';

  const install = () => runCommand(process.execPath, [pnpm, 'install', '--frozen-lockfile', '--store-dir', join(folder, 'store')], {
    cwd: app.folder,
    environment: { npm_config_registry: packageUrl, XDG_CACHE_HOME: join(folder, 'cache'), XDG_STATE_HOME: join(folder, 'state') },
  });
  // A process of its own, as the CDK CLI does it: the start of Node.js and the loading of aws-cdk-lib are a part of every synth.
  const synth = (environment: Readonly<Record<string, string>>) => runCommand(process.execPath, [cdkApp], {
    cwd: join(folder, 'cdk'),
    environment: { CDK_VALIDATION: 'false', BENCH_BASE_IMAGE: baseImage, BENCH_PLATFORM: platform, ...environment },
  });
  const findAsset = () => {
    const { dockerImages } = JSON.parse(readFileSync(join(output, 'Shop.assets.json'), 'utf8')) as { dockerImages: Record<string, DockerImage> };
    const [[hash, { source }]] = Object.entries(dockerImages);
    image = `cdkasset-${hash}`;
    contextDirectory = join(output, source.directory);
  };
  // The commands of the CDK CLI.
  const build = async (options: readonly string[]) => {
    await docker(['inspect', image]).then(() => undefined, () => undefined);
    await docker(['build', ...options, '--tag', image, '--platform', platform, '.'], { cwd: contextDirectory });
  };

  return {
    name: 'ours',
    title: '`SlimNodeImage`',
    image: () => image,
    contextDirectory: () => contextDirectory,
    forget: () => ['app/node_modules', 'store', 'cache', 'state', 'cdk/cdk.out'].forEach((path) =>
      rmSync(join(folder, path), { recursive: true, force: true })),
    setRelease: (release) => app.setRelease(release),
    build: async (from) => ({
      ...(from === 'scratch' ? { 'pnpm install': await measure(install) } : {}),
      'synth': await measure(() => synth({ CDK_OUTDIR: output, BENCH_ENTRY: join(app.folder, 'src/main.ts') }).then(findAsset)),
      'docker build': await measure(() => build(from === 'scratch' ? ['--no-cache'] : [])),
    }),
    overhead: () => synth({ CDK_OUTDIR: `${output}.without-image` }),
  };
}

/** A CDK project with the app compiled, as in `"app": "node app.js"`. Returns the file of the app. */
function writeCdkProject(folder: string): string {
  const file = join(folder, 'app.js');
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(__dirname, 'cdk/package.json'), 'utf8')) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies)) {
    symlinkSync(join(__dirname, '../node_modules', name), join(folder, 'node_modules', name));
  }
  writeFileSync(file, transformSync(readFileSync(join(__dirname, 'cdk/app.ts'), 'utf8'), { loader: 'ts', format: 'cjs' }).code);
  return file;
}

/** The pnpm that the app asks for. */
function pnpmCommand(): string {
  const { packageManager } = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')) as { packageManager: string };
  const [name, version] = packageManager.split('@');
  return join(downloadNpmPackage(name, version), 'bin/pnpm.cjs');
}
