import { ClientRequest, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { docker } from './docker';
import { freePort } from './free-port';

// Milliseconds.
const deadline = 30_000;
const interval = 5;

/**
 * The milliseconds from `docker run` to the first HTTP 200. The container is gone afterwards.
 *
 * @param release what the app has to answer with, so that no stale image is taken for the new one
 */
export async function measureFirstResponse(image: string, release: string): Promise<number> {
  const port = await freePort();
  const name = `slim-node-image-bench-${process.pid}-${port}`;
  try {
    const started = performance.now();
    const failed = docker(['run', '--detach', '--init', '--name', name, '--publish', `127.0.0.1:${port}:8080`, image])
      .then(() => new Promise<never>(() => undefined));
    const body = await Promise.race([failed, firstResponse(`http://127.0.0.1:${port}/health`, started + deadline)]);
    const milliseconds = performance.now() - started;
    const answer = JSON.parse(body) as { readonly release: string };
    if (answer.release !== release) throw new Error(`${image} answered with release '${answer.release}'; expected '${release}'`);
    return milliseconds;
  } finally {
    await docker(['rm', '--force', '--volumes', name]).catch(() => undefined);
  }
}

/**
 * Asks again and again, without waiting for an answer to what was asked before: Docker's proxy takes connections before the app
 * does, and lets some of them wait for a second.
 */
async function firstResponse(url: string, until: number): Promise<string> {
  const attempts: ClientRequest[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      timer = setInterval(() => {
        if (performance.now() > until) reject(new Error(`${url} did not answer with 200 within ${deadline / 1000} seconds`));
        const attempt = get(url, { agent: false }, (response) => {
          if (response.statusCode === 200) resolve(text(response));
        });
        attempts.push(attempt.on('error', () => undefined));
      }, interval);
    });
  } finally {
    clearInterval(timer);
    attempts.forEach((attempt) => attempt.destroy());
  }
}
