import { workerData } from 'node:worker_threads';
import type { Reply, Request, WorkerData } from './run-in-worker';

// Runs one task at a time for the thread that waits, and always answers: whoever waits can't notice that this thread is gone.
const { port, answered } = workerData as WorkerData;
let pending = 0;

/** Answers a request once; what a task reports after that is too late to matter. */
function answer(id: number, reply: Omit<Reply, 'id'>): void {
  if (id !== pending) {
    return;
  }
  pending = 0;
  port.postMessage({ ...reply, id } satisfies Reply);
  Atomics.add(answered, 0, 1);
  Atomics.notify(answered, 0);
}

function failure(error: unknown): Omit<Reply, 'id'> {
  return { error: error instanceof Error ? error.message : String(error) };
}

async function run({ id, task, input }: Request): Promise<void> {
  pending = id;
  try {
    const loaded = await import(task) as { default: { default: (input: unknown) => Promise<unknown> } };
    answer(id, { output: await loaded.default.default(input) });
  } catch (error) {
    answer(id, failure(error));
  }
}

port.on('message', (request: Request) => void run(request));
// What nobody awaited (a plugin's forgotten promise) and what ends the thread has to reach whoever waits, too.
process.on('uncaughtException', (error) => answer(pending, failure(error)));
process.on('exit', (code) => answer(pending, { error: `the worker thread was ended with exit code ${code}`, ended: true }));
