import * as fs from 'node:fs';
import * as path from 'node:path';
import { contextFiles } from './context-files';
import { checkout } from './install/machine';
import { npm, pnpm, yarn, yarn1 } from './install/package-managers';
import { packLibrary } from './install/packed-library';
import { Stranger, files, packageJson, tools } from './install/stranger';
import { CommandResult, output } from './run-command';
import type { SynthesizedImage } from './synth';
import { temporaryFolder } from './temporary-folder';

// What it takes depends on the network, too.
jest.setTimeout(5 * 60_000);

const commonJs = { what: 'JavaScript, CommonJS', command: ['node', 'cdk/commonjs.js'] };
const esModule = { what: 'TypeScript, "type": "module", run by tsx', command: ['tsx', 'module/app.ts'] };
const everyApp = [
  commonJs,
  { what: 'JavaScript, an ES module', command: ['node', 'cdk/module.mjs'] },
  { what: 'TypeScript, CommonJS, run by tsx', command: ['tsx', 'cdk/commonjs.ts'] },
  { what: 'TypeScript, CommonJS, run by ts-node', command: ['ts-node', '--prefer-ts-exts', 'cdk/commonjs.ts'] },
  esModule,
];

let tarball: string;

beforeAll(async () => {
  tarball = await packLibrary();
});

describe.each([
  { manager: npm, apps: everyApp },
  { manager: pnpm(), apps: [commonJs, esModule] },
  { manager: yarn1(), apps: [commonJs, esModule] },
  { manager: yarn('node-modules'), apps: [commonJs, esModule] },
  { manager: yarn('pnp'), apps: [commonJs, esModule] },
])('installed with $manager.name', ({ manager, apps }) => {
  let stranger: Stranger;
  let installation: CommandResult;
  const images: SynthesizedImage[] = [];

  beforeAll(async () => {
    stranger = await Stranger.create(manager, { ...files, 'package.json': packageJson(tarball, manager, tools), ...manager.files });
    installation = await stranger.install();
  });

  test('succeeds', () => {
    expect([installation.code, installation.code === 0 ? '' : installation.output]).toEqual([0, '']);
  });

  test('reports nothing about peer dependencies', () => {
    expect(installation.output.split('\n').filter((line) => manager.peerProblem.test(line))).toEqual([]);
  });

  if (manager.unpacks) {
    // Not what an earlier run packed, and a cache kept.
    test('installs what was packed', () => {
      const code = (folder: string) => contextFiles(path.join(folder, 'lib/private/bundle'));
      expect(code(path.join(stranger.folder, 'node_modules/cdk-slim-node-image'))).toEqual(code(checkout));
    });
  }

  test.each(apps)('a CDK app in $what, makes an image that runs', async ({ command }) => {
    const image = await stranger.synth(command);
    images.push(image);
    expect(await run(image)).toBe('hello from the bundle\n');
  });

  test('every app makes the same image', () => {
    expect(images.map(({ assetHash }) => assetHash)).toEqual(apps.map(() => images[0].assetHash));
  });
});

describe('without esbuild in the project', () => {
  const manager = pnpm();

  async function synth(install: readonly string[]): Promise<CommandResult> {
    const stranger = await Stranger.create(manager, { ...files, 'package.json': packageJson(tarball, manager, {}) });
    await stranger.run(install);
    return stranger.runSynth('--app', `${process.execPath} cdk/commonjs.js`);
  }

  test('the one that comes with the library is used', async () => {
    expect(await synth(manager.install)).toMatchObject({ code: 0 });
  });

  test('and without optional dependencies, synth says what to run', async () => {
    expect(await synth([...manager.install, '--no-optional'])).toMatchObject({
      code: 1,
      output: expect.stringContaining("Error: Stack/Image: esbuild is not installed; run 'npm install --save-dev esbuild' (or the same with pnpm or yarn)"),
    });
  });
});

test('a project with too old an aws-cdk-lib is told so when it installs', async () => {
  const old = { ...npm, peers: { ...npm.peers, 'aws-cdk-lib': '2.200.0' }, install: [...npm.install, '--package-lock-only'] };
  const stranger = await Stranger.create(old, { 'package.json': packageJson(tarball, old, {}) });
  expect(await stranger.install()).toMatchObject({ code: 1, output: expect.stringMatching(/ERESOLVE[^]*peer aws-cdk-lib@"\^2\.\d+\.\d+" from cdk-slim-node-image@/) });
});

/** Runs the bundle of an image without the image. */
async function run({ directory }: SynthesizedImage): Promise<string> {
  const folder = temporaryFolder();
  await output('tar', ['--extract', `--file=${path.join(directory, 'app.tar')}`, `--directory=${folder}`]);
  const [entry] = fs.readdirSync(path.join(folder, 'app')).filter((name) => /^index\.[cm]js$/.test(name));
  return output(process.execPath, [path.join(folder, 'app', entry)]);
}
