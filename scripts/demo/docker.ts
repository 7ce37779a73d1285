import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandError, runCommand, streamCommand } from './run-command';

export interface ContainerRequest {
  /** Name of the container. */
  readonly name: string;
  readonly image: string;
  readonly platform: string;
  /** Port on 127.0.0.1. */
  readonly hostPort: number;
  readonly containerPort: number;
}

/** The docker command, or one that takes its place. */
export class Docker {
  constructor(private readonly command: string) {}

  /** Why nothing can be built here; undefined when it can. */
  public async problem(signal: AbortSignal): Promise<string | undefined> {
    const deadline = AbortSignal.timeout(10_000);
    try {
      await runCommand(this.command, ['version'], { signal: AbortSignal.any([signal, deadline]) });
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      return deadline.aborted ? `'${this.command} version' did not answer within 10 s` : message(error);
    }
  }

  /** Whether an image is here, for the platform: the classic builder would take one for another platform without a word. */
  public async hasImage(reference: string, platform: string): Promise<boolean> {
    try {
      const found = await runCommand(this.command, ['image', 'inspect', '--format', '{{.Os}}/{{.Architecture}}', reference]);
      return found.trim() === platform;
    } catch {
      return false;
    }
  }

  public async pull(reference: string, platform: string, consume: (progress: Readable) => Promise<void>, signal: AbortSignal): Promise<void> {
    await streamCommand(this.command, ['pull', '--platform', platform, reference], consume, { signal });
  }

  /** Builds as the CDK CLI does. */
  public async build(directory: string, tag: string, platform: string, signal: AbortSignal): Promise<void> {
    await runCommand(this.command, ['build', '--tag', tag, '--platform', platform, '.'], { cwd: directory, signal });
  }

  /** Starts a container with the restrictions that the task definition has. It can't be aborted halfway: the container would be left. */
  public async run({ name, image, platform, hostPort, containerPort }: ContainerRequest): Promise<void> {
    const publish = `127.0.0.1:${hostPort}:${containerPort}`;
    await runCommand(this.command, ['run', '--detach', '--read-only', '--init', '--platform', platform, '--publish', publish, '--name', name, image]);
  }

  /** Waits until a container has ended and returns its exit code. */
  public async wait(container: string, signal: AbortSignal): Promise<number> {
    return Number(await runCommand(this.command, ['wait', container], { signal }));
  }

  /** What an app wrote, or nothing where there is no such container. */
  public async logs(container: string): Promise<string> {
    return streamCommand(this.command, ['logs', container], text).then(({ output, errors }) => `${output}${errors}`, () => '');
  }

  /** Streams the file system of a container as a tar. */
  public async exportContainer<T>(container: string, consume: (tar: Readable) => Promise<T>, signal: AbortSignal): Promise<T> {
    return (await streamCommand(this.command, ['export', container], consume, { signal })).output;
  }

  /** Removes a container and an image, where they exist. */
  public async remove(container: string, image: string): Promise<void> {
    for (const args of [['rm', '--force', '--volumes', container], ['rmi', '--force', image]]) {
      await runCommand(this.command, args).catch((error) => {
        if (!/no such (container|image)/i.test(message(error))) throw error;
      });
    }
  }
}

function message(error: unknown): string {
  if (!(error instanceof CommandError)) throw error;
  return error.message;
}
