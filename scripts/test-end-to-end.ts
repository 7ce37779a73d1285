import { Docker, findDocker } from './find-docker';
import { runJest } from './run-jest';

const docker = dockerOrReason();
if (typeof docker !== 'string') {
  process.stdout.write(`end-to-end tests with ${docker.command} and ${docker.buildKit ? 'BuildKit' : 'its classic builder'}\n`);
  process.exitCode = runJest({
    report: 'end-to-end',
    args: ['--config', 'test/e2e/jest.config.json', ...process.argv.slice(2)],
    environment: { CDK_DOCKER: docker.command, DOCKER_BUILDKIT: docker.buildKit ? '1' : '0' },
  });
} else if (process.env.CI === 'true') {
  process.stderr.write(`the end-to-end tests need Docker, and with CI=true they are never skipped: ${docker}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`end-to-end tests skipped, as they need Docker; start it and run 'npx projen test:e2e': ${docker}\n`);
}

function dockerOrReason(): Docker | string {
  try {
    return findDocker();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
