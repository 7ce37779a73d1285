import { spawnSync } from 'node:child_process';

export interface RunCommandOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command to its end and returns its stdout. It is the only place of the stand-ins that starts a process. */
export function runCommand(command: string, args: readonly string[], options: RunCommandOptions = {}): string {
  const result = spawnSync(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (result.error !== undefined && 'code' in result.error && result.error.code === 'ENOENT') {
    const needed = "Docker, npm and Debian's apt-get, dpkg-deb and tar";
    throw new Error(`'${command}' was not found; a stand-in is made with ${needed}: install what is missing`);
  }
  if (result.error !== undefined) {
    throw new Error(`'${command}' could not be run: ${result.error.message}`);
  }
  if (result.status !== 0) {
    // Docker's classic builder writes what a failed RUN printed to stdout.
    const output = `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-40).join('\n');
    throw new Error(`'${[command, ...args].join(' ')}' ended with ${result.status ?? result.signal}:\n${output}`);
  }
  return result.stdout;
}
