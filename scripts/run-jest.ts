import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** This checkout, with its `node_modules`. */
export const root = resolve(__dirname, '..');

export interface RunJestOptions {
  /** File name under `test-reports`, without `.json`. */
  readonly report: string;
  readonly args: readonly string[];
  /** @default - the whole checkout */
  readonly cwd?: string;
  /**
   * File of the Node to run.
   *
   * @default - the Node of this process
   */
  readonly node?: string;
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs jest, shows what it prints, and returns its exit code. */
export function runJest({ report, args, cwd = root, node = process.execPath, environment }: RunJestOptions): number {
  const reports = join(root, 'test-reports');
  mkdirSync(reports, { recursive: true });
  const jest = [join(cwd, 'node_modules/jest/bin/jest.js'), '--json', '--outputFile', join(reports, `${report}.json`)];
  const { status } = spawnSync(node, [...jest, ...args], {
    cwd,
    stdio: 'inherit',
    // The processes that a test starts find the same Node.
    env: { ...process.env, ...environment, PATH: `${dirname(node)}:${process.env.PATH}` },
  });
  return status ?? 1;
}
