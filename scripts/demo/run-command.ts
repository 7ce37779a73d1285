import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface RunCommandOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends the command when it is aborted. */
  readonly signal?: AbortSignal;
}

/** A command that could not be started, or that ended with another exit code than 0. */
export class CommandError extends Error {}

/** Runs a command to its end and returns its stdout. */
export async function runCommand(command: string, args: readonly string[], options: RunCommandOptions = {}): Promise<string> {
  return (await streamCommand(command, args, text, options)).output;
}

/** Runs a command to its end and returns what `consume` makes of its stdout, and its stderr. */
export async function streamCommand<T>(
  command: string, args: readonly string[], consume: (stdout: Readable) => Promise<T>, { cwd, environment, signal }: RunCommandOptions = {},
): Promise<{ readonly output: T; readonly errors: string }> {
  signal?.throwIfAborted();
  // In a process group of its own: Ctrl-C is for this process, which first removes what it made.
  const child = spawn(command, args, { cwd, env: { ...process.env, ...environment }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<string | undefined>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(new CommandError(error.code === 'ENOENT'
      ? `'${command}' was not found`
      : `'${command}' could not be started: ${error.message}`)));
    child.once('close', (code, killedBy) => resolve(code === 0 ? undefined : killedBy ?? `exit code ${code}`));
  });
  const end = () => endGroup(child.pid);
  signal?.addEventListener('abort', end, { once: true });
  try {
    const [failure, output, errors] = await Promise.all([ended, consume(child.stdout), text(child.stderr)]);
    signal?.throwIfAborted();
    if (failure !== undefined) {
      // Docker's classic builder tells on stdout what went wrong.
      const said = errors.trim() || (typeof output === 'string' ? output.trim() : '');
      throw new CommandError(said === '' ? `'${command} ${args[0]}' ended with ${failure}` : said);
    }
    return { output, errors };
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has just ended by itself.
  }
}
