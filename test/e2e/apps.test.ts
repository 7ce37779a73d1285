import { distroless } from './base-images';
import { baseImageFiles, addedFiles, changedFiles, containerFiles, Files } from './container-files';
import { buildImage } from './docker';
import { fixture, position } from './fixture-apps';
import { Answer, Container, Ending, PORT, runContainer } from './run-container';
import { SynthesizedImage, synth } from './synth';

// The backend finds its packages in the node_modules of this checkout, so that the checkout is its project root.
const backend = 'test/fixtures/apps/backend';

interface Request {
  readonly what: string;
  readonly path: string;
  /** Sent as JSON. */
  readonly input?: object;
  readonly expected: Answer;
}

const apps = [
  {
    id: 'Javascript',
    what: 'plain JavaScript in CommonJS',
    image: { entry: fixture('javascript-commonjs/index.js'), projectRoot: fixture('javascript-commonjs') },
    requests: [
      { what: 'a request', path: '/', expected: { status: 200, body: 'Simplicity is prerequisite for reliability.' } },
    ],
    fail: async (container: Container) => (await container.request('/elsewhere')).body,
    failure: `/app/${position('javascript-commonjs', 'quotes.js', 'new RangeError')}`,
    files: ['drwxr-xr-x 0/0 app/', '-rw-r--r-- 0/0 app/index.cjs', '-rw-r--r-- 0/0 app/index.cjs.map'],
    // Nothing handles SIGTERM, so that the init process reports the signal.
    exitCode: 143,
  },
  {
    id: 'Typescript',
    what: 'TypeScript as ES module with top-level await',
    image: { entry: fixture('typescript-esm/src/main.ts'), projectRoot: fixture('typescript-esm') },
    requests: [
      { what: 'a request', path: '/', expected: { status: 200, body: '{"text":"Hello","fingerprint":"185f8db3","folder":"/app"}' } },
    ],
    fail: async (container: Container) => (await container.request('/fr')).body,
    failure: `/app/${position('typescript-esm', 'src/greetings.ts', 'new RangeError')}`,
    files: ['drwxr-xr-x 0/0 app/', '-rw-r--r-- 0/0 app/index.mjs', '-rw-r--r-- 0/0 app/index.mjs.map'],
    exitCode: 143,
  },
  {
    id: 'Backend',
    what: 'a backend with express, pg, zod and pino',
    image: { entry: fixture('backend/src/main.ts') },
    requests: [
      { what: 'a request', path: '/', expected: { status: 200, body: '{"service":"orders"}' } },
      { what: 'a health check', path: '/healthz', expected: { status: 200, body: '{"status":"ok"}' } },
      { what: 'valid input', path: '/quotes', input: { sku: 'AB-1234', quantity: 2 }, expected: { status: 200, body: '{"cents":2500}' } },
      {
        what: 'invalid input',
        path: '/quotes',
        input: { sku: 'AB-1234', quantity: 0 },
        expected: { status: 400, body: expect.stringContaining('"path":"quantity"') },
      },
    ],
    fail: async (container: Container) => {
      await container.request('/quotes', { sku: 'ZZ-0000', quantity: 1 });
      return container.logs();
    },
    failure: `/app/${backend}/${position('backend', 'src/orders.ts', 'new Error')}`,
    files: ['drwxr-xr-x 0/0 app/', '-rw-r--r-- 0/0 app/index.mjs', '-rw-r--r-- 0/0 app/index.mjs.map'],
    exitCode: 0,
  },
];

let synthesized: Readonly<Record<string, SynthesizedImage>>;
let baseFiles: Files;

beforeAll(async () => {
  const baseImage = await distroless();
  [synthesized, baseFiles] = await Promise.all([
    synth({ Stack: Object.fromEntries(apps.map(({ id, image }) => [id, { ...image, baseImage, port: PORT }])) }),
    baseImageFiles(baseImage.reference),
  ]);
});

describe.each(apps)('$what', ({ id, requests, fail, failure, files, exitCode }) => {
  let container: Container;

  beforeAll(async () => {
    container = await runContainer(await buildImage(synthesized[id]));
  });

  test('asks the CDK CLI for a folder and a platform, and for nothing else', () => {
    expect(synthesized[id].source).toEqual({ directory: `asset.${synthesized[id].assetHash}`, platform: 'linux/amd64' });
  });

  test.each<Request>(requests)('answers $what', async ({ path, input, expected }) => {
    expect(await container.request(path, input)).toEqual(expected);
  });

  test('shows where in the source an error was thrown', async () => {
    expect(await fail(container)).toContain(failure);
  });

  describe('when it is stopped', () => {
    let ending: Ending;

    beforeAll(async () => {
      ending = await container.stop();
    });

    test('ends within a second', () => {
      expect(ending.milliseconds).toBeLessThan(1000);
    });

    test(`ends with ${exitCode}`, () => {
      expect(ending.exitCode).toBe(exitCode);
    });
  });

  describe('has on its file system', () => {
    let found: Files;

    beforeAll(async () => {
      found = await containerFiles(container.name);
    });

    test('the files of the app, owned by root, and no others', () => {
      expect(addedFiles(found, baseFiles)).toEqual([...files].sort());
    });

    test('the files of the base image as they were', () => {
      expect(changedFiles(found, baseFiles)).toEqual([]);
    });
  });
});
