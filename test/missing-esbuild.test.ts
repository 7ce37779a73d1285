import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { bundledDependencies, devDependencies } from '../package.json';
import { project, temporaryFolder } from './project';
import { ESBUILD_VERSION, cacheFolder } from '../src/private/bundle/install-esbuild';

/** A project in which this library is installed without its optional dependency. */
function projectWithoutEsbuild(): string {
  const folder = project({ 'src/index.ts': 'console.log(1)' });
  const installed = path.join(folder, 'node_modules/cdk-slim-node-image');
  for (const file of ['lib', 'package.json', ...bundledDependencies.map((name) => `node_modules/${name}`)]) {
    fs.cpSync(path.resolve(file), path.join(installed, file), { recursive: true });
  }
  for (const name of ['aws-cdk-lib', 'constructs']) {
    fs.symlinkSync(path.dirname(require.resolve(`${name}/package.json`)), path.join(folder, 'node_modules', name));
  }
  return folder;
}

const APP = `
  const { App, Stack } = require('aws-cdk-lib');
  const { SlimNodeImage } = require('cdk-slim-node-image');
  const app = new App({ outdir: 'cdk.out' });
  new SlimNodeImage(new Stack(app, 'Stack'), 'Backend', { entry: 'src/index.ts' });
  app.synth();`;

test('synth says what to run where esbuild is not installed', () => {
  const folder = projectWithoutEsbuild();
  const { status, stderr } = spawnSync(process.execPath, ['-e', APP], { cwd: folder, env: { PATH: '/usr/bin:/bin', CDK_VALIDATION: 'false' }, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining("Error: Stack/Backend: esbuild is not installed; run 'npm install --save-dev esbuild'")]);
});

test('the installed library works with the esbuild of the project', () => {
  const folder = projectWithoutEsbuild();
  fs.symlinkSync(path.dirname(require.resolve('esbuild/package.json')), path.join(folder, 'node_modules/esbuild'));
  const { status, stderr } = spawnSync(process.execPath, ['-e', APP], { cwd: folder, env: { PATH: '/usr/bin:/bin', CDK_VALIDATION: 'false' }, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

describe('where the CDK app is in another language', () => {
  const withNpm = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.includes('node_modules')).join(path.delimiter);
  const unreachable = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: temporaryFolder(), npm_config_fetch_retry_mintimeout: '1', npm_config_fetch_retry_maxtimeout: '1' };

  /** Synthesizes as the jsii kernel does for Python. */
  function synth(cache: string, environment: { readonly [name: string]: string }) {
    const folder = projectWithoutEsbuild();
    return spawnSync(process.execPath, ['-e', APP], {
      cwd: folder,
      env: { PATH: withNpm, HOME: folder, CDK_VALIDATION: 'false', JSII_AGENT: 'Python/3.13.1', XDG_CACHE_HOME: cache, ...environment },
      encoding: 'utf8',
    });
  }

  test('synth says what it installs and where, and how to turn that off', () => {
    const cache = temporaryFolder();
    expect(synth(cache, unreachable).stderr).toContain(`Stack/Backend: esbuild is not installed: installing version ${ESBUILD_VERSION} in ${cache}/cdk-slim-node-image/esbuild-`
      + `${ESBUILD_VERSION}-${process.platform}-${process.arch}; SLIM_NODE_IMAGE_INSTALL_ESBUILD=false turns this off\n`);
  });

  test('synth says what to run where the registry is out of reach', () => {
    const { status, stderr } = synth(temporaryFolder(), unreachable);
    expect([status, stderr]).toEqual([1, expect.stringMatching(new RegExp('Error: Stack/Backend: esbuild is not installed, and could not be installed for you; '
      + `run 'npm install esbuild@${ESBUILD_VERSION}' in .*: 'npm install .*' ended with exit code 1\n[^]*ECONNREFUSED`))]);
  });

  test('synth leaves nothing behind where the registry is out of reach', () => {
    const cache = temporaryFolder();
    synth(cache, unreachable);
    expect(fs.readdirSync(path.join(cache, 'cdk-slim-node-image'))).toEqual([]);
  });

  test('synth says what to run where there is no npm', () => {
    expect(synth(temporaryFolder(), { PATH: temporaryFolder() }).stderr).toContain('could not be run: spawnSync npm ENOENT');
  });

  test('synth says what to run where the cache folder is not writable', () => {
    expect(synth('/dev/null', {}).stderr).toContain("could not be installed for you; run 'npm install esbuild@");
  });

  test('synth installs nothing where that is turned off', () => {
    const cache = temporaryFolder();
    synth(cache, { SLIM_NODE_IMAGE_INSTALL_ESBUILD: 'false' });
    expect(fs.readdirSync(cache)).toEqual([]);
  });

  test('synth says what to run where that is turned off', () => {
    expect(synth(temporaryFolder(), { SLIM_NODE_IMAGE_INSTALL_ESBUILD: 'false' }).stderr).toContain("Error: Stack/Backend: esbuild is not installed; run 'npm install --save-dev esbuild'");
  });

  test('the version that is installed is the one that this library is developed with', () => {
    expect(ESBUILD_VERSION).toBe(devDependencies.esbuild);
  });

  test.each([
    { platform: 'linux', environment: {}, folder: /\/\.cache$/ },
    { platform: 'linux', environment: { XDG_CACHE_HOME: '/var/cache' }, folder: /^\/var\/cache$/ },
    { platform: 'linux', environment: { XDG_CACHE_HOME: 'cache' }, folder: /\/\.cache$/ },
    { platform: 'darwin', environment: {}, folder: /\/Library\/Caches$/ },
    { platform: 'win32', environment: { LOCALAPPDATA: 'C:\\Local' }, folder: /^C:\\Local$/ },
  ])('the cache folder on $platform with $environment matches $folder', ({ platform, environment, folder }) => {
    expect(cacheFolder(environment, platform)).toMatch(folder);
  });
});
