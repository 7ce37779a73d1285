import * as fs from 'node:fs';
import * as path from 'node:path';
import { name, version } from '../../package.json';
import { JsiiKernel } from './install/jsii-kernel';
import { checkout, npmConfiguration, strangersEnvironment } from './install/machine';
import { packLibrary } from './install/packed-library';
import { output } from './run-command';
import { synthesizedImages } from './synth';
import { folderWith, temporaryFolder } from './temporary-folder';

// What it takes depends on the network, too.
jest.setTimeout(5 * 60_000);

interface Package {
  readonly name: string;
  readonly version: string;
  readonly tarball: string;
}

/** In the order in which a package for Python imports them. */
const dependencies = ['constructs', '@aws-cdk/asset-awscli-v1', '@aws-cdk/asset-node-proxy-agent-v6', '@aws-cdk/cloud-assembly-schema', 'aws-cdk-lib'];

let packages: Package[];
let environment: Readonly<Record<string, string | undefined>>;
let extracted: string;

beforeAll(async () => {
  environment = strangersEnvironment(await npmConfiguration());
  packages = [...await Promise.all(dependencies.map(download)), { name, version, tarball: await packLibrary() }];
  extracted = temporaryFolder();
});

async function download(dependency: string): Promise<Package> {
  const { version: installed } = JSON.parse(fs.readFileSync(path.join(checkout, 'node_modules', dependency, 'package.json'), 'utf8'));
  const folder = temporaryFolder();
  const tarball = await output('npm', ['pack', '--silent', '--prefer-offline', `${dependency}@${installed}`], { cwd: folder, environment });
  return { name: dependency, version: installed, tarball: path.join(folder, tarball.trim()) };
}

interface Result {
  readonly cdkOut: string;
  readonly contextDirectory: unknown;
  readonly stderr: string;
  /** Of the stack. */
  readonly template: string;
}

/** Does what a CDK app in Python does: makes an image and a service of it, and synthesizes. */
async function synth(project: string, cache: string, more: Readonly<Record<string, string>> = {}): Promise<Result> {
  const kernel = await JsiiKernel.start({
    cwd: project,
    environment: { ...environment, ...more, HOME: project, XDG_CACHE_HOME: cache, JSII_AGENT: 'Python/3.13.1', JSII_RUNTIME_PACKAGE_CACHE_ROOT: extracted },
  });
  try {
    for (const one of packages) {
      await kernel.load(one);
    }
    const cdkOut = temporaryFolder();
    const app = await kernel.create('aws-cdk-lib.App', { outdir: cdkOut });
    const stack = await kernel.create('aws-cdk-lib.Stack', app, 'Stack');
    const image = await kernel.create(`${name}.SlimNodeImage`, stack, 'Image', { entry: 'src/main.ts', port: 8080 });
    await kernel.create(`${name}.SlimNodeService`, stack, 'Service', { image, publicLoadBalancer: true });
    await kernel.invoke(app, 'synth');
    const contextDirectory = await kernel.get(image, 'contextDirectory');
    await kernel.stop();
    return { cdkOut, contextDirectory, stderr: kernel.stderr, template: fs.readFileSync(path.join(cdkOut, 'Stack.template.json'), 'utf8') };
  } catch (error) {
    await kernel.stop();
    throw error;
  }
}

/** A folder with an npm that begins when it is run for the second time, so that two installations really overlap. */
function npmOfTwo(): string {
  const began = temporaryFolder();
  const npm = ['#!/bin/sh', `touch "${began}/$$"`, 'tries=0',
    `while [ "$(ls "${began}" | wc -l)" -lt 2 ] && [ "$tries" -lt 600 ]; do sleep 0.1; tries=$((tries + 1)); done`, 'PATH="${PATH#*:}" exec npm "$@"', ''];
  const folder = folderWith({ npm: npm.join('\n') });
  fs.chmodSync(path.join(folder, 'npm'), 0o755);
  return folder;
}

function emptyProject(): string {
  return folderWith({ 'package.json': '{}', 'src/main.ts': 'const answer: string = "hello"; console.log(answer);' });
}

describe('with esbuild in the working directory', () => {
  let result: Result;
  let cache: string;

  beforeAll(async () => {
    const folder = emptyProject();
    fs.mkdirSync(path.join(folder, 'node_modules'));
    fs.symlinkSync(path.join(checkout, 'node_modules', 'esbuild'), path.join(folder, 'node_modules', 'esbuild'));
    cache = temporaryFolder();
    result = await synth(folder, cache);
  });

  test('an image is synthesized', () => {
    expect(synthesizedImages(result.cdkOut).Image.directory).toBe(result.contextDirectory);
  });

  test('the build context is there', () => {
    expect(fs.readdirSync(String(result.contextDirectory)).sort()).toEqual(['Dockerfile', 'app.tar', 'image-plan.json']);
  });

  test('a service is synthesized', () => {
    expect(result.template).toContain('"AWS::ECS::Service"');
  });

  test('nothing is installed', () => {
    expect(fs.readdirSync(cache)).toEqual([]);
  });

  test('nothing is printed', () => {
    expect(result.stderr).toBe('');
  });
});

describe('without esbuild, in two apps at once', () => {
  let results: readonly Result[];
  let cache: string;

  beforeAll(async () => {
    cache = temporaryFolder();
    const together = { PATH: `${npmOfTwo()}${path.delimiter}${environment.PATH}` };
    results = await Promise.all([synth(emptyProject(), cache, together), synth(emptyProject(), cache, together)]);
  });

  test('both are told that it is installed', () => {
    expect(results.map(({ stderr }) => stderr)).toEqual(results.map(() => expect.stringMatching(/^Stack\/Image: esbuild is not installed: installing version .*\n$/)));
  });

  test('both have the build context', () => {
    expect(results.map(({ contextDirectory }) => fs.readdirSync(String(contextDirectory)).sort())).toEqual(results.map(() => ['Dockerfile', 'app.tar', 'image-plan.json']));
  });

  test('it is installed once, and nothing else is left', () => {
    expect(fs.readdirSync(path.join(cache, name))).toEqual([expect.stringMatching(/^esbuild-\d+\.\d+\.\d+-[a-z0-9]+-[a-z0-9]+$/)]);
  });

  test('the next synth uses it without a word', async () => {
    expect((await synth(emptyProject(), cache)).stderr).toBe('');
  });
});
