import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { AwsCall, AwsEndpoints } from './aws/aws-endpoints';
import { Input } from './aws/json-services';
import { deploy } from './deploy';
import { synthesizedImages } from './synth';
import { folderWith, temporaryFolder } from './temporary-folder';
import { hotswapCases, stackOf } from '../hotswap/hotswap-cases';

const ids = hotswapCases.map((_, index) => `Case${index + 1}`);
const cases = hotswapCases.map((hotswapCase, index) => ({ ...hotswapCase, id: ids[index] }));

// All stacks are deployed at once, with one image each, and then again by each kind of hotswap, after a change of one line of the app.
let entry: string;
/** Of the changed image. */
let hash: string;
let hotswap: readonly AwsCall[];
let fallback: readonly AwsCall[];

beforeAll(async () => {
  entry = path.join(folderWith({ 'index.ts': 'console.log("one");\n' }), 'index.ts');
  const before = synthesize();
  fs.writeFileSync(entry, 'console.log("two");\n');
  const after = synthesize();
  hash = synthesizedImages(after).Image.assetHash;
  hotswap = await callsOf(before, after, '--hotswap');
  fallback = await callsOf(before, synthesizedCopy(after), '--hotswap-fallback');
}, 300_000);

describe('cdk deploy --hotswap', () => {
  test.each(cases)('with $what $hotswap', (hotswapCase) => {
    expect(outcome(hotswap, hotswapCase.id)).toBe(hotswapCase.hotswap);
  });
});

describe('cdk deploy --hotswap-fallback', () => {
  test.each(cases)('with $what $fallback', (hotswapCase) => {
    expect(outcome(fallback, hotswapCase.id)).toBe(hotswapCase.fallback);
  });
});

describe('a hotswap', () => {
  test('lets all tasks of a service be replaced at once', () => {
    expect(serviceUpdate(hotswap, idOf('a Fargate service'))).toMatchObject({ forceNewDeployment: true, deploymentConfiguration: { minimumHealthyPercent: 0 } });
  });

  test('registers the task definition with the new image', () => {
    expect(container('a Fargate service')).toMatchObject({ name: 'Image', image: expect.stringMatching(new RegExp(`:${hash}$`)), user: '65532' });
  });

  test('registers a task definition that no service runs', () => {
    expect(container('a task definition without a service')).toMatchObject({ image: expect.stringMatching(new RegExp(`:${hash}$`)) });
  });

  test('gives the environment what a parameter of the SSM was at the last deployment', () => {
    expect(container('a parameter of the SSM in the environment'))
      .toMatchObject({ environment: expect.arrayContaining([{ name: 'LEVEL', value: 'value of /log/level' }]) });
  });

  test('gives the environment a dynamic reference as it is', () => {
    expect(container('a dynamic reference in the environment'))
      .toMatchObject({ environment: expect.arrayContaining([{ name: 'PASSWORD', value: '{{resolve:secretsmanager:password:SecretString:::}}' }]) });
  });
});

function synthesize(): string {
  // As the CLI has an app synthesized.
  const context = { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true };
  const app = new App({ outdir: path.join(temporaryFolder(), 'cdk.out'), analyticsReporting: true, context });
  hotswapCases.forEach((hotswapCase, index) => stackOf(hotswapCase, app, ids[index], entry));
  return app.synth().directory;
}

/** The CLI notes in the assembly what it hotswapped. */
function synthesizedCopy(assembly: string): string {
  const copy = path.join(temporaryFolder(), 'cdk.out');
  fs.cpSync(assembly, copy, { recursive: true, filter: (file) => !file.includes('.hotswap-cache') });
  return copy;
}

async function callsOf(before: string, after: string, ...args: string[]): Promise<AwsCall[]> {
  const endpoints = await AwsEndpoints.start();
  try {
    await deploy(before, endpoints.url);
    endpoints.calls.length = 0;
    await deploy(after, endpoints.url, ...args);
    return endpoints.calls;
  } finally {
    await endpoints.stop();
  }
}

function outcome(calls: readonly AwsCall[], id: string): string {
  if (calls.some(({ action, input }) => action === 'CreateChangeSet' && input.StackName === id)) {
    return 'deploys in full';
  }
  return serviceUpdate(calls, id) === undefined ? 'does nothing' : 'updates the service';
}

function serviceUpdate(calls: readonly AwsCall[], id: string): Input | undefined {
  return calls.find(({ action, input }) => action === 'UpdateService' && String(input.service).includes(`/${id}-`))?.input;
}

/** The container that is registered when the stack of a case is hotswapped. */
function container(what: string): unknown {
  const family = new RegExp(`^${idOf(what)}Task`);
  const call = hotswap.find(({ action, input }) => action === 'RegisterTaskDefinition' && family.test(String(input.family)));
  return [call?.input.containerDefinitions].flat()[0];
}

function idOf(what: string): string {
  return cases.find((hotswapCase) => hotswapCase.what === what)?.id ?? `no case ${what}`;
}
