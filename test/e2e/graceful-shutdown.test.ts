import { once } from 'node:events';
import { IncomingMessage, get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { distroless } from './base-images';
import { DOCKER, buildImage } from './docker';
import { fixture } from './fixture-apps';
import { Load } from './load';
import { LoadBalancer } from './load-balancer';
import { output } from './run-command';
import { Container, Ending, PORT, runContainer } from './run-container';
import { synth } from './synth';

/** As many connections. */
const CLIENTS = 12;

/** Milliseconds that the longest request takes: more than it takes Docker to send SIGTERM. */
const LONGEST = 4000;

/** More than the buffers between a server and a client that does not read, in bytes. */
const LARGE = 50_000_000;

/** Milliseconds that a server which drains takes requests after SIGTERM: many times what the load balancer takes to find out. */
const DRAIN_MS = 3000;

const apps = {
  Http: 'http.ts',
  Express: 'express.ts',
  NoHandler: 'no-handler.ts',
  ExitsAtOnce: 'exits-at-once.ts',
  ClosesAtOnce: 'closes-at-once.ts',
};
type App = keyof typeof apps;

const draining: { name: string; app: App }[] = [{ name: 'plain http', app: 'Http' }, { name: 'express', app: 'Express' }];
const leaving: { name: string; app: App }[] = [{ name: 'has no handler', app: 'NoHandler' }, { name: 'exits at once', app: 'ExitsAtOnce' }];

const images = new Map<string, string>();

beforeAll(async () => {
  const baseImage = await distroless();
  const synthesized = await synth({
    Stack: Object.fromEntries(Object.entries(apps).map(([id, file]) => [id, { entry: fixture('graceful-shutdown', file), baseImage, port: PORT }])),
  });
  for (const id of Object.keys(apps)) {
    images.set(id, await buildImage(synthesized[id]));
  }
});

/** Runs a container as ECS does: with an init process, a read-only root file system, no capabilities, and the user of the image. */
async function run(app: App, drainMs = DRAIN_MS): Promise<Container> {
  return runContainer(images.get(app) ?? '', { args: ['--read-only', '--cap-drop', 'ALL', '--env', `DRAIN_MS=${drainMs}`] });
}

/** What the clients and the container that was stopped saw. */
interface Outcome {
  readonly load: Load;
  readonly ending: Ending;
}

type Takeover = (loadBalancer: LoadBalancer, first: Container, second: Container) => Promise<Ending>;

/** As in a deployment: ECS deregisters a target before it stops it. */
const deregistered: Takeover = async (loadBalancer, first, second) => {
  loadBalancer.register(second.url);
  loadBalancer.deregister(first.url);
  return first.stop();
};

/** As in an interruption of Fargate Spot: the load balancer finds out by its health check. */
const interrupted: Takeover = async (loadBalancer, first, second) => {
  loadBalancer.register(second.url);
  const [ending] = await Promise.all([first.stop(), loadBalancer.watch(first.url)]);
  return ending;
};

/** Stops the container that serves the clients while a second one takes over. */
async function stopUnderLoad(app: App, takeover: Takeover): Promise<Outcome> {
  const [first, second] = [await run(app), await run(app)];
  const loadBalancer = await LoadBalancer.start();
  loadBalancer.register(first.url);
  const load = new Load(loadBalancer.url, CLIENTS);
  try {
    await load.more(100);
    const longest = load.send(LONGEST);
    await load.more(20);
    const ending = await takeover(loadBalancer, first, second);
    await load.more(100);
    await Promise.all([longest, load.end()]);
    return { load, ending };
  } finally {
    loadBalancer.stop();
    await load.end();
    await output(DOCKER, ['kill', second.name]);
  }
}

describe.each([
  { when: 'deregistered and then stopped', takeover: deregistered },
  { when: 'stopped before the load balancer knows', takeover: interrupted },
])('under load, $when', ({ takeover }) => {
  describe.each(draining)('a server that drains, with $name,', ({ app }) => {
    let outcome: Outcome;

    beforeAll(async () => {
      outcome = await stopUnderLoad(app, takeover);
    });

    test('loses no request', () => expect(outcome.load.failures).toEqual([]));

    test('answers enough of them for a loss to show', () => expect(outcome.load.answered).toBeGreaterThan(220));

    test('ends with 0', () => expect(outcome.ending.exitCode).toBe(0));
  });

  test.each(leaving)('a server that $name loses requests', async ({ app }) => {
    expect((await stopUnderLoad(app, takeover)).load.failures).not.toEqual([]);
  });
});

/** Waits until a container that is being stopped says so, or says nothing any more. */
async function unhealthy(container: Container): Promise<void> {
  while ((await container.request('/healthz').catch(() => undefined))?.status === 200) {
    await setTimeout(20);
  }
}

/** How many bytes of a large answer a slow client receives from a server that is stopped meanwhile. */
async function download(app: App): Promise<number> {
  const container = await run(app, 0);
  const [answer]: IncomingMessage[] = await once(get(`${container.url}/?bytes=${LARGE}`), 'response');
  const stopped = container.stop();
  await unhealthy(container);
  let received = 0;
  answer.on('data', (chunk: Buffer) => received += chunk.length);
  answer.on('error', () => undefined);
  await Promise.all([new Promise((resolve) => answer.once('close', resolve)), stopped]);
  return received;
}

describe.each(draining)('a server that drains, with $name,', ({ app }) => {
  test('sends an answer to its end', async () => expect(await download(app)).toBe(LARGE));

  test('still answers, and lets the client connect elsewhere for its next request', async () => {
    const container = await run(app);
    const stopped = container.stop();
    await unhealthy(container);
    const { status, headers } = await fetch(container.url);
    await stopped;
    expect({ status, connection: headers.get('connection') }).toEqual({ status: 200, connection: 'close' });
  });

  test('ends although a client is connected that never sent a request', async () => {
    const container = await run(app, 0);
    const { hostname, port } = new URL(container.url);
    const client = connect(Number(port), hostname);
    await once(client, 'connect');
    expect((await container.stop()).exitCode).toBe(0);
    client.destroy();
  });
});

// Node.js takes a connection for idle when the app has ended the answer, whether or not it is sent.
test('a server that only closes breaks off an answer', async () => expect(await download('ClosesAtOnce')).toBeLessThan(LARGE));
