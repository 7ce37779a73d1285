import * as path from 'node:path';
import { devDependencies } from '../../../package.json';
import { CommandResult, runCommand } from '../run-command';
import { SynthesizedImage, synthesizedImages } from '../synth';
import { folderWith } from '../temporary-folder';
import { npmConfiguration, strangersEnvironment } from './machine';
import type { PackageManager } from './package-managers';

/** What a stranger writes: an app in src, and CDK apps that make an image of it. */
export const files = {
  'src/main.ts': "import { z } from 'zod';\nconst answer: string = z.string().parse('hello from the bundle');\nconsole.log(answer);\n",
  'cdk/commonjs.js': `
    const { App, Stack } = require('aws-cdk-lib');
    const { SlimNodeImage } = require('cdk-slim-node-image');
    new SlimNodeImage(new Stack(new App(), 'Stack'), 'Image', { entry: 'src/main.ts' });`,
  'cdk/module.mjs': `
    import { App, Stack } from 'aws-cdk-lib';
    import { SlimNodeImage } from 'cdk-slim-node-image';
    new SlimNodeImage(new Stack(new App(), 'Stack'), 'Image', { entry: 'src/main.ts' });`,
  'cdk/commonjs.ts': `
    import { App, Stack } from 'aws-cdk-lib';
    import { SlimNodeImage, SlimNodeImageProps } from 'cdk-slim-node-image';
    const props: SlimNodeImageProps = { entry: 'src/main.ts' };
    new SlimNodeImage(new Stack(new App(), 'Stack'), 'Image', props);`,
  // What ts-node needs, and `cdk init` wrote when it came with ts-node.
  'cdk/tsconfig.json': '{ "compilerOptions": { "target": "ES2022", "module": "commonjs", "strict": true, "skipLibCheck": true } }',
  'module/package.json': '{ "type": "module" }',
  'module/app.ts': `
    import { App, Stack } from 'aws-cdk-lib';
    import { SlimNodeImage, type SlimNodeImageProps } from 'cdk-slim-node-image';
    const props: SlimNodeImageProps = { entry: 'src/main.ts' };
    await Promise.resolve();
    new SlimNodeImage(new Stack(new App(), 'Stack'), 'Image', props);`,
};

/** A project in a folder of its own. */
export class Stranger {
  static async create(manager: PackageManager, content: Readonly<Record<string, string>>): Promise<Stranger> {
    const configuration = await npmConfiguration();
    const environment = { ...strangersEnvironment(configuration), ...manager.environment(configuration.registry) };
    return new Stranger(folderWith(content), manager, environment);
  }

  private constructor(
    readonly folder: string,
    private readonly manager: PackageManager,
    readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  /** The same one in another folder. */
  in(folder: string): Stranger {
    return new Stranger(folder, this.manager, this.environment);
  }

  async run(command: readonly string[]): Promise<CommandResult> {
    return runCommand(command[0], command.slice(1), { cwd: this.folder, environment: { ...this.environment, CDK_HOME: path.join(this.folder, '.cdk') } });
  }

  async install(): Promise<CommandResult> {
    return this.run(this.manager.install);
  }

  /** Runs `cdk synth`, as the package manager runs it. */
  async runSynth(...args: readonly string[]): Promise<CommandResult> {
    return this.run([...this.manager.exec, 'cdk', 'synth', '--quiet', '--no-notices', ...args]);
  }

  /** The image of an app that is run by a command, which is an executable of a package unless it is 'node'. */
  async synth([command, ...args]: readonly string[]): Promise<SynthesizedImage> {
    const app = [...command === 'node' ? [process.execPath] : [...this.manager.exec, command], ...args].join(' ');
    const out = path.join(this.folder, `out-${args.join('-').replaceAll(/\W/g, '-')}`);
    const { code, output } = await this.runSynth('--app', app, '--output', out);
    if (code !== 0) {
      throw new Error(`'cdk synth' ended with ${code}:\n${output}`);
    }
    return synthesizedImages(out).Image;
  }
}

const { 'aws-cdk': cdk, esbuild, tsx, 'ts-node': tsNode, '@types/node': nodeTypes, zod } = devDependencies;

/** What a project of this library has besides of it. */
export const tools = { esbuild, tsx, 'ts-node': tsNode, '@types/node': nodeTypes, 'typescript': '5.9.3' };

/** The package.json of a project that has the library, and some tools. */
export function packageJson(tarball: string, { peers }: PackageManager, used: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    name: 'stranger',
    private: true,
    license: 'UNLICENSED',
    dependencies: { ...peers, 'cdk-slim-node-image': `file:${tarball}`, zod },
    devDependencies: { 'aws-cdk': cdk, ...used },
  });
}
