import * as fs from 'node:fs';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { AwsCall, AwsEndpoints } from './aws/aws-endpoints';
import { deploy } from './deploy';
import { folderWith, temporaryFolder } from './temporary-folder';
import { hotswapCases, stackOf } from '../hotswap/hotswap-cases';

const ids = hotswapCases.map((_, index) => `Case${index + 1}`);
const cases = hotswapCases.map((hotswapCase, index) => ({ ...hotswapCase, id: ids[index] }));

// All stacks are deployed at once, with one image each, and then again by each kind of hotswap, after a change of one line of the app.
let entry: string;
let hotswap: readonly AwsCall[];
let fallback: readonly AwsCall[];

beforeAll(async () => {
  entry = path.join(folderWith({ 'index.ts': 'console.log("one");\n' }), 'index.ts');
  const before = synthesize();
  fs.writeFileSync(entry, 'console.log("two");\n');
  const after = synthesize();
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
  const of = (action: string, name: RegExp) => calls.some(({ action: other, input }) => other === action && name.test(String(input.StackName ?? input.service)));
  if (of('CreateChangeSet', new RegExp(`^${id}$`))) {
    return 'deploys in full';
  }
  return of('UpdateService', new RegExp(`/${id}-`)) ? 'updates the service' : 'does nothing';
}
