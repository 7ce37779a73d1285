import { setTimeout } from 'node:timers/promises';
import { distroless } from './base-images';
import { DOCKER, buildImage, containerName, imageTag } from './docker';
import { fixture } from './fixture-apps';
import { output } from './run-command';
import { Container, PORT, runContainer } from './run-container';
import { synthImage } from './synth';
import { folderWith } from './temporary-folder';
import { HealthCheck } from '../../src';
import { newStack } from '../project';

/** Milliseconds. */
const DEADLINE = 30_000;

let app: string;

beforeAll(async () => {
  app = await buildImage(await synthImage({ entry: fixture('health', 'index.js'), port: PORT, baseImage: await distroless() }));
});

/** The image with a health check as ECS would run it, but every second. */
async function checked(healthCheck: HealthCheck, startPeriod: string): Promise<string> {
  const { command } = healthCheck.bind(newStack(), { nodePath: '/nodejs/bin/node', port: PORT });
  const tag = imageTag();
  const directory = folderWith({
    Dockerfile: `FROM ${app}\nHEALTHCHECK --interval=1s --timeout=3s --retries=2 --start-period=${startPeriod} CMD ${JSON.stringify(command.slice(1))}\n`,
  });
  await output(DOCKER, ['build', '--tag', tag, '.'], { cwd: directory });
  return tag;
}

async function status(container: string): Promise<string> {
  return (await output(DOCKER, ['inspect', '--format', '{{.State.Health.Status}}', container])).trim();
}

/** What the status is after it was something else, or what it still is at the deadline. */
async function statusAfter(container: string, before: string): Promise<string> {
  for (const start = Date.now(); Date.now() - start < DEADLINE && await status(container) === before;) {
    await setTimeout(200);
  }
  return status(container);
}

describe.each([
  { name: 'http', healthCheck: HealthCheck.http('/healthz') },
  { name: 'tcp', healthCheck: HealthCheck.tcp() },
  { name: 'command', healthCheck: HealthCheck.command(['/nodejs/bin/node', '-e', `require('net').connect(${PORT}).on('connect', () => process.exit())`]) },
])('a health check by $name', ({ healthCheck }) => {
  let image: string;

  beforeAll(async () => {
    image = await checked(healthCheck, '20s');
  });

  test('is healthy when the app answers', async () => {
    const { name } = await runContainer(image);
    expect(await statusAfter(name, 'starting')).toBe('healthy');
  });

  test('is starting until the app listens, and healthy after that', async () => {
    const name = containerName();
    await output(DOCKER, ['run', '--detach', '--init', '--read-only', '--name', name, '--env', 'LISTEN_AFTER_MS=5000', image]);
    await setTimeout(3500);
    expect([await status(name), await statusAfter(name, 'starting')]).toEqual(['starting', 'healthy']);
  });

  test('is unhealthy when nothing listens after the start period', async () => {
    const name = containerName();
    await output(DOCKER, ['run', '--detach', '--init', '--read-only', '--name', name, '--env', 'LISTEN_AFTER_MS=60000', await checked(healthCheck, '1s')]);
    expect(await statusAfter(name, 'starting')).toBe('unhealthy');
  });
});

describe('a health check by http of an app that breaks', () => {
  let container: Container;

  beforeAll(async () => {
    container = await runContainer(await checked(HealthCheck.http('/healthz'), '20s'));
  });

  test('is unhealthy', async () => {
    await statusAfter(container.name, 'starting');
    await container.request('/break');
    expect(await statusAfter(container.name, 'healthy')).toBe('unhealthy');
  });
});
