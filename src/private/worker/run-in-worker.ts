import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, MessagePort, Worker, receiveMessageOnPort } from 'node:worker_threads';

interface Connection {
  readonly port: MessagePort;
  /** How many replies were sent. */
  readonly answered: Int32Array;
}

export type WorkerData = Connection;

export interface Request {
  readonly id: number;
  /** URL of the module whose default export is called. */
  readonly task: string;
  readonly input: unknown;
}

export interface Reply {
  /** Of the request. */
  readonly id: number;
  readonly output?: unknown;
  readonly error?: string;
  /** The thread is gone; the next call needs a new one. */
  readonly ended?: boolean;
}

const PROGRESS_INTERVAL_SECONDS = 10;

let connection: Connection | undefined;
let lastId = 0;

/**
 * Calls the asynchronous default export of a module in a worker thread and waits for what it returns.
 *
 * Constructors are synchronous, esbuild's plugins are not. One thread serves all images of an app, so that esbuild's
 * service and the modules that a task needs are started once.
 *
 * @param task absolute path of the compiled module
 * @param what what is being done, for the line that is printed while it takes long
 */
export function runInWorker<Output>(task: string, input: unknown, what: string): Output {
  const current = connection ??= connect();
  const id = ++lastId;
  current.port.postMessage({ id, task: pathToFileURL(task).href, input } satisfies Request);
  const reply = waitForReply(current, id, what);
  if (reply.ended) {
    connection = undefined;
  }
  if (reply.error !== undefined) {
    throw new Error(reply.error);
  }
  return reply.output as Output;
}

function waitForReply({ port, answered }: Connection, id: number, what: string): Reply {
  let seconds = 0;
  for (;;) {
    // Counted before the look into the port: a reply that comes after it ends the wait at once.
    const count = Atomics.load(answered, 0);
    const reply: Reply | undefined = receiveMessageOnPort(port)?.message;
    if (reply?.id === id) {
      return reply;
    }
    // Another one is of a call that was given up. And a wait may end for nothing: the worker wakes this thread after it has counted.
    if (reply === undefined && Atomics.wait(answered, 0, count, PROGRESS_INTERVAL_SECONDS * 1000) === 'timed-out') {
      seconds += PROGRESS_INTERVAL_SECONDS;
      // Not through process.stderr: on a pipe that is asynchronous, and this thread does not get back to its event loop.
      fs.writeSync(2, `${what} for ${seconds} s\n`);
    }
  }
}

function connect(): Connection {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(path.join(__dirname, 'worker.js'), {
    workerData: { port: port2, answered } satisfies WorkerData,
    transferList: [port2],
    // Not the loaders that the app itself runs with (tsx, ts-node): they only slow the thread down.
    execArgv: [],
  });
  worker.unref();
  port1.unref();
  return { port: port1, answered };
}
