import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { AddressInfo, createServer } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Docker } from './docker';
import { step } from './report';
import { SynthesizedImage } from './synthesize';

/** Seconds; under emulation of another CPU architecture Node.js takes a while to start. */
const answerDeadline = 30;

const containerPort = 8080;

export interface Answer {
  readonly url: string;
  readonly status: number | undefined;
  readonly body: string;
}

export interface ImageRun {
  readonly answer: Answer;
  /** From the start of `docker run` to the end of the first answer, in milliseconds. */
  readonly milliseconds: number;
  /** Bytes of the file system, the base image included. */
  readonly size: number;
  /** The same through gzip. */
  readonly compressedSize: number;
}

/** Builds the image as the CDK CLI does, runs it, calls the app, and removes the container and the image again, whatever happens. */
export async function runImage(docker: Docker, { directory, platform }: SynthesizedImage, signal: AbortSignal): Promise<ImageRun> {
  const name = `slim-node-image-demo-${randomBytes(4).toString('hex')}`;
  try {
    await step('Building the image', async () => docker.build(directory, name, platform, signal));
    const { answer, milliseconds } = await step('Running it with a read-only root file system and an init process',
      async () => startAndCall(docker, name, platform, signal));
    const sizes = await step('Measuring its size', async () => docker.exportContainer(name, measure, signal));
    return { answer, milliseconds, ...sizes };
  } finally {
    await docker.remove(name, name);
  }
}

async function startAndCall(docker: Docker, name: string, platform: string, signal: AbortSignal) {
  const hostPort = await freePort();
  const over = new AbortController();
  const deadline = AbortSignal.timeout(answerDeadline * 1000);
  const either = AbortSignal.any([signal, over.signal, deadline]);
  const start = performance.now();
  const started = docker.run({ name, image: name, platform, hostPort, containerPort });
  const answered = started.then(async () => firstAnswer(`http://127.0.0.1:${hostPort}/`, either));
  const ended = started.then(async () => docker.wait(name, either)).then((code) => {
    throw new Error(`the container ended with exit code ${code}`);
  });
  try {
    const answer = await Promise.race([answered, ended]);
    const milliseconds = performance.now() - start;
    if (answer.status !== 200) throw new Error(`the app answered ${answer.status}; expected 200\n${answer.body}`);
    return { answer, milliseconds };
  } catch (error) {
    signal.throwIfAborted();
    const reason = deadline.aborted ? `the app did not answer within ${answerDeadline} s` : (error as Error).message;
    throw new Error(`${reason}\n${await docker.logs(name)}`.trimEnd());
  } finally {
    over.abort();
    // What `docker run` is still making could not be removed yet.
    await started.catch(() => undefined);
  }
}

/**
 * Asks until there is an answer: the port is open before the app listens.
 *
 * It does not wait for one question before the next: one that comes before the container's network is up takes a second to fail.
 */
async function firstAnswer(url: string, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => void call(url, signal).then(resolve, () => undefined), 10);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

async function call(url: string, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, signal }, (response) => {
      text(response).then((body) => resolve({ url, status: response.statusCode, body }), reject);
    }).once('error', reject);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function measure(tar: Readable): Promise<{ size: number; compressedSize: number }> {
  let size = 0;
  let compressedSize = 0;
  await pipeline(
    tar,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length;
        yield chunk;
      }
    },
    createGzip(),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) compressedSize += chunk.length;
    },
  );
  return { size, compressedSize };
}
