import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds after which the command is ended. */
  readonly deadline?: number;
}

const running = new Set<ChildProcess>();

/** Runs a command to its end and returns its stdout. It does not block: the package cache serves commands from this process. */
export function runCommand(command: string, args: readonly string[], { cwd, environment, deadline }: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'], timeout: deadline });
    running.add(child);
    const stdout: Buffer[] = [];
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk) && output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.once('error', (error) => {
      running.delete(child);
      reject(new Error(`'${command}' could not be run: ${error.message}`));
    });
    child.once('close', (status, signal) => {
      running.delete(child);
      if (status === 0) {
        resolve(Buffer.concat(stdout).toString());
      } else {
        const lines = Buffer.concat(output).toString().trim().split('\n');
        reject(new Error(`'${[command, ...args].join(' ')}' ended with ${status ?? signal}:\n${lines.slice(-40).join('\n')}`));
      }
    });
  });
}

/** Ends the commands that still run. */
export async function endCommands(): Promise<void> {
  await Promise.all([...running].map((child) => child.kill() && once(child, 'close')));
}
