import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { DOCKER, containerName } from './docker';
import { output } from './run-command';

/** The port that the fixture apps are given. */
export const PORT = 8080;

/** Milliseconds. */
const START_DEADLINE = 30_000;
const ANSWER_DEADLINE = 10_000;

/** Milliseconds. Before the app listens, Docker's proxy may accept a connection that nobody answers. */
const ATTEMPT_DEADLINE = 1000;

export interface RunOptions {
  /** Arguments of `docker run`. By default the restrictions that a task definition has. */
  readonly args?: readonly string[];
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** How a container ended. */
export interface Ending {
  /** From the request to stop it until its process was gone. */
  readonly milliseconds: number;
  readonly exitCode: number;
}

export class Container {
  constructor(public readonly name: string, public readonly url: string) {}

  /** Sends GET, or POST with JSON where there is input. */
  public async request(path: string, input?: object, deadline = ANSWER_DEADLINE): Promise<Answer> {
    const post = input && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) };
    const response = await fetch(`${this.url}${path}`, { ...post, signal: AbortSignal.timeout(deadline) });
    return { status: response.status, body: await response.text() };
  }

  /** What the probe app finds out. */
  public async probe(question: string, path = ''): Promise<unknown> {
    return JSON.parse((await this.request(`/${question}?path=${encodeURIComponent(path)}`)).body);
  }

  public async logs(): Promise<string> {
    return output('sh', ['-c', '"$0" logs "$1" 2>&1', DOCKER, this.name]);
  }

  /** Sends SIGTERM, and SIGKILL after 10 s. */
  public async stop(): Promise<Ending> {
    const start = Date.now();
    await output(DOCKER, ['stop', '--time', '10', this.name]);
    const [finished, exitCode] = (await output(DOCKER, ['inspect', '--format', '{{.State.FinishedAt}} {{.State.ExitCode}}', this.name])).split(' ');
    return { milliseconds: Date.parse(finished) - start, exitCode: Number(exitCode) };
  }

  /** Waits until the app listens. */
  public async waitForAnswer(): Promise<void> {
    const deadline = performance.now() + START_DEADLINE;
    while (!await this.request('/', undefined, ATTEMPT_DEADLINE).catch(() => undefined)) {
      const running = (await output(DOCKER, ['inspect', '--format', '{{.State.Running}}', this.name])).trim() === 'true';
      if (!running || performance.now() > deadline) {
        throw new Error(`the container ${running ? `did not answer within ${START_DEADLINE} ms` : 'ended'}:\n${await this.logs()}`);
      }
      await setTimeout(20);
    }
  }
}

/** Runs an image whose app listens on PORT until it answers. */
export async function runContainer(image: string, { args = ['--read-only', '--user', '65532'] }: RunOptions = {}): Promise<Container> {
  const name = containerName();
  await output(DOCKER, ['run', '--detach', '--init', '--name', name, '--publish', `127.0.0.1::${PORT}`, ...args, image]);
  const address = (await output(DOCKER, ['port', name, `${PORT}/tcp`])).trim().split('\n')[0];
  const container = new Container(name, `http://${address}`);
  await container.waitForAnswer();
  return container;
}
