import { setTimeout } from 'node:timers/promises';
import { docker } from './docker';
import { freePort } from './free-port';

// Milliseconds.
const deadline = 30_000;
const interval = 2;
const attemptTimeout = 1_000;

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
    // Whoever asks before the container has its network interface makes the kernel wait for a second before it looks for it again.
    await docker(['run', '--detach', '--init', '--name', name, '--publish', `127.0.0.1:${port}:8080`, image]);
    const body = await firstResponse(`http://127.0.0.1:${port}/health`, started + deadline);
    const milliseconds = performance.now() - started;
    const answer = JSON.parse(body) as { readonly release: string };
    if (answer.release !== release) throw new Error(`${image} answered with release '${answer.release}'; expected '${release}'`);
    return milliseconds;
  } finally {
    await docker(['rm', '--force', '--volumes', name]).catch(() => undefined);
  }
}

/** The body of the first response with status 200. Docker's proxy takes connections before the app does, and closes them. */
async function firstResponse(url: string, until: number): Promise<string> {
  while (performance.now() < until) {
    const response = await fetch(url, { signal: AbortSignal.timeout(attemptTimeout) }).catch(() => undefined);
    const body = await response?.text().catch(() => undefined);
    if (response?.status === 200 && body !== undefined) return body;
    await setTimeout(interval);
  }
  throw new Error(`${url} did not answer with 200 within ${deadline / 1000} seconds`);
}
