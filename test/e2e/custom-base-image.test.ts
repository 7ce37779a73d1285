import { DOCKER, buildImage, inspectImage } from './docker';
import { fixture } from './fixture-apps';
import { Container, PORT, runContainer } from './run-container';
import { SynthesizedImage, synthImage } from './synth';
import { nodeStandIn } from '../../scripts/stand-ins/node';

// An image with another layout: Node.js in /usr/local, an entrypoint of its own, and a user 'node' of the id 1000.
let image: SynthesizedImage;
let reference: string;
let tag: string;
let container: Container;
let process: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  reference = nodeStandIn({ nodeMajor: 24, variant: 'slim', docker: DOCKER });
  image = await synthImage({
    entry: fixture('probe/index.js'),
    baseImage: { reference, nodeMajor: 24, nodePath: '/usr/local/bin/node', user: 'node' },
    port: PORT,
  });
  tag = await buildImage(image);
  container = await runContainer(tag, { args: ['--read-only'] });
  process = await container.probe('process') as typeof process;
}, 600_000);

test('the base image has an entrypoint of its own', async () => {
  expect((await inspectImage(reference)).Config.Entrypoint).toEqual(['docker-entrypoint.sh']);
});

test('the image starts the Node.js of the base image', () => {
  expect(process.node).toBe('/usr/local/bin/node');
});

test('the image runs as the user that was asked for, not as that of the base image', () => {
  expect(process.uid).toBe(1000);
});

test('the image has an entrypoint and a command of its own', async () => {
  const { Entrypoint, Cmd } = (await inspectImage(tag)).Config;
  expect([...Entrypoint, ...Cmd]).toEqual(['/usr/local/bin/node', '--enable-source-maps', '/app/index.cjs']);
});

test('the app ends within a second when it is stopped', async () => {
  expect((await container.stop()).milliseconds).toBeLessThan(1000);
});
