import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to the environment of this process; undefined removes a variable. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Receives the id of the process group, which is the command's own. */
  readonly onStart?: (group: number) => void;
}

export interface CommandResult {
  /** Exit code, or the signal that ended the command. */
  readonly code: number | string;
  /** What the command printed, on stdout and stderr. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs a command to its end, however that is. */
export async function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { cwd, environment, onStart } = options;
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: onStart !== undefined });
    const all: Buffer[] = [];
    const stdout: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => [all, stdout].forEach((chunks) => chunks.push(chunk)));
    child.stderr.on('data', (chunk: Buffer) => all.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({
      code: code ?? signal ?? 'unknown',
      output: Buffer.concat(all).toString(),
      stdout: Buffer.concat(stdout).toString(),
    }));
    if (child.pid !== undefined) onStart?.(child.pid);
  });
}

/** Runs a command and returns its stdout. Throws what it printed when it fails. */
export async function output(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await runCommand(command, args, options);
  if (result.code !== 0) {
    throw new Error(`'${[command, ...args].join(' ')}' ended with ${result.code}:\n${result.output}`);
  }
  return result.stdout;
}
