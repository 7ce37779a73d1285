import { spawnSync } from 'node:child_process';

export interface CommandOptions {
  /** Absolute path of the working directory. */
  readonly directory: string;
  /** Environment variables besides those of the process. */
  readonly environment?: { readonly [name: string]: string };
}

/** Runs a line in the shell of the platform, its output shown as it comes. Throws when it fails. */
export function runShellCommand(command: string, { directory, environment }: CommandOptions): void {
  const { error, status, signal } = spawnSync(command, {
    cwd: directory,
    env: { ...process.env, ...environment },
    shell: true,
    // Standard output is the caller's: a CDK app in another language reads it.
    stdio: ['ignore', 2, 2],
  });
  if (error !== undefined) {
    throw new Error(`command ${JSON.stringify(command)} could not be started in ${directory}: ${error.message}`);
  }
  if (status !== 0) {
    throw new Error(`command ${JSON.stringify(command)} failed in ${directory} with ${signal ?? `exit code ${status}`}`);
  }
}

const TIMEOUT_MINUTES = 5;

/** Runs a command without a shell, and without a word. Throws with what it printed when it fails. */
export function runCommand(command: string, args: readonly string[], { directory, environment }: CommandOptions): void {
  const { error, status, signal, output } = spawnSync(command, args, {
    cwd: directory,
    env: { ...process.env, ...environment },
    // There, npm is a batch file.
    shell: process.platform === 'win32' && command === 'npm',
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MINUTES * 60_000,
  });
  const line = [command, ...args].join(' ');
  if (error !== undefined) {
    throw new Error(`'${line}' could not be run: ${error.message}`);
  }
  if (status !== 0) {
    throw new Error(`'${line}' ended with ${signal ?? `exit code ${status}`}\n${output.join('').trim()}`);
  }
}
