import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Docker {
  /** What to put into CDK_DOCKER. */
  readonly command: string;
  /** Whether the command builds with BuildKit; a newer client without its buildx plugin falls back to the classic builder without a word. */
  readonly buildKit: boolean;
}

/**
 * The docker command to work with: the one that CDK_DOCKER names, else the first on PATH that reaches a daemon and builds with
 * BuildKit, else the first that reaches a daemon.
 *
 * Throws an error of one line when none does.
 */
export function findDocker(): Docker {
  const commands = dockerCommands();
  const problems = commands.map((command) => ({ command, problem: problemOf(command) }));
  const usable = problems.filter(({ problem }) => problem === undefined).map(({ command }) => command);
  if (usable.length === 0) {
    const [first] = problems;
    throw new Error(first === undefined ? "found no 'docker' on PATH" : `'${first.command} ps' failed: ${first.problem}`);
  }
  const command = usable.find(buildsWithBuildKit);
  return command === undefined ? { command: usable[0], buildKit: false } : { command, buildKit: true };
}

function dockerCommands(): string[] {
  if (process.env.CDK_DOCKER) return [process.env.CDK_DOCKER];
  const files = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'docker')).filter((file) => existsSync(file));
  // Folders of PATH are often links to each other.
  return files.filter((file, index) => files.findIndex((other) => realpathSync(other) === realpathSync(file)) === index);
}

function problemOf(command: string): string | undefined {
  const { error, status, stderr } = spawnSync(command, ['ps', '--quiet'], { encoding: 'utf8' });
  if (error !== undefined) return error.message;
  return status === 0 ? undefined : stderr.trim().split('\n').pop();
}

/** Only BuildKit can write the result of a build into a folder, so the attempt tells, and it leaves no image. */
function buildsWithBuildKit(command: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'find-docker-'));
  try {
    const { status } = spawnSync(command, ['build', '--output', `type=local,dest=${folder}`, '-'], {
      env: { ...process.env, DOCKER_BUILDKIT: '1' },
      input: 'FROM scratch\nLABEL probe=1\n',
    });
    return status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
