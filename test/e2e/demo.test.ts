import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { distroless } from './base-images';
import { DOCKER } from './docker';
import { CommandResult, output, runCommand } from './run-command';

const root = path.join(__dirname, '..', '..');

/** Runs the demo as `npx projen demo` does. */
async function demo(environment: Readonly<Record<string, string>>, onStart?: (pid: number) => void): Promise<CommandResult> {
  return runCommand(process.execPath, ['--import', 'tsx', 'scripts/demo.ts'], { cwd: root, environment, onStart });
}

/** The containers and images of all demos that ended or still run. */
async function leftovers(): Promise<string> {
  return await output(DOCKER, ['ps', '--all', '--quiet', '--filter', 'name=slim-node-image-demo'])
    + await output(DOCKER, ['images', '--quiet', '--filter', 'reference=slim-node-image-demo-*']);
}

const dockerfile = /^ {2}FROM \S+\n {2}ADD app\.tar \/\n[^]*^ {2}USER 65532\n[^]*^ {2}CMD \["\/app\/index\.mjs"\]$/m;
const layer = /^ {2}app\.tar +\d\.\d\d MB +\d{3} kB +sha256:[0-9a-f]{64}$/m;

describe('with Docker and a base image', () => {
  let result: CommandResult;

  beforeAll(async () => {
    const { reference } = await distroless();
    result = await demo({ SLIM_NODE_BASE_IMAGE: reference });
  });

  test('succeeds', () => expect(result).toMatchObject({ code: 0 }));

  test('shows the Dockerfile', () => expect(result.stdout).toMatch(dockerfile));

  test('shows the layer of the app with its sizes and its diff ID', () => expect(result.stdout).toMatch(layer));

  test('shows the answer of the app', () => {
    expect(result.stdout).toMatch(/^ {2}GET http:\/\/127\.0\.0\.1:\d+\/\n {2}200 \{"message":"hello from a slim image","node":"v24\./m);
  });

  test('shows the time to the first answer', () => expect(result.stdout).toMatch(/^ {2}first answer +\d+\.\d\d s /m));

  test('shows the size of the image', () => {
    expect(result.stdout).toMatch(/^ {2}size, raw +1\d\d MB/m);
    expect(result.stdout).toMatch(/^ {2}size, compressed +\d\d\.\d MB/m);
  });

  test('leaves no container and no image', async () => expect(await leftovers()).toBe(''));
});

describe('without Docker', () => {
  let result: CommandResult;

  beforeAll(async () => {
    result = await demo({ CDK_DOCKER: '/no/such/docker', SLIM_NODE_BASE_IMAGE: '' });
  });

  test('succeeds', () => expect(result).toMatchObject({ code: 0 }));

  test('shows what would be built on the default base image', () => {
    expect(result.stdout).toContain('FROM gcr.io/distroless/nodejs24-debian13:nonroot\n');
    expect(result.stdout).toMatch(dockerfile);
    expect(result.stdout).toMatch(layer);
  });

  test('says in one line what it would take to build and run it', () => {
    expect(result.stdout.trimEnd().split('\n').at(-1))
      .toBe("To build and run it: install Docker Engine or start it, then run 'npx projen demo' again ('/no/such/docker' was not found).");
  });
});

describe('with a base image that is out of reach', () => {
  let result: CommandResult;

  beforeAll(async () => {
    result = await demo({ SLIM_NODE_BASE_IMAGE: '127.0.0.1:9/none:1' });
  });

  test('fails', () => expect(result).toMatchObject({ code: 1 }));

  test('shows what would be built', () => {
    expect(result.stdout).toContain('FROM 127.0.0.1:9/none:1\n');
    expect(result.stdout).toMatch(layer);
  });

  test('says why, and what to do', () => {
    expect(result.output).toContain('the base image 127.0.0.1:9/none:1 could not be pulled: ');
    expect(result.output).toContain('SLIM_NODE_BASE_IMAGE=<reference> npx projen demo');
  });
});

describe('interrupted while its container runs', () => {
  let result: CommandResult;

  beforeAll(async () => {
    const { reference } = await distroless();
    const ended = new AbortController();
    const interrupt = (pid: number) => void interruptWhenStarted(pid, ended.signal);
    result = await demo({ SLIM_NODE_BASE_IMAGE: reference }, interrupt).finally(() => ended.abort());
  });

  test('fails', () => expect(result).toMatchObject({ code: 1, output: expect.stringContaining('interrupted by SIGINT') }));

  test('leaves no container and no image', async () => expect(await leftovers()).toBe(''));
});

async function interruptWhenStarted(pid: number, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    if (await output(DOCKER, ['ps', '--quiet', '--filter', 'name=slim-node-image-demo']) !== '') {
      process.kill(pid, 'SIGINT');
      return;
    }
    await setTimeout(50);
  }
}
