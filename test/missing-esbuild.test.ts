import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { bundledDependencies } from '../package.json';
import { project } from './project';

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
