import * as path from 'node:path';
import { runCommand } from './run-command';
import { temporaryFolder } from './temporary-folder';

const cli = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');

/** Runs `cdk deploy` for all stacks of an assembly, against endpoints on this machine. Returns what it printed; throws that when it fails. */
export async function deploy(assembly: string, endpoints: string, ...args: readonly string[]): Promise<string> {
  const home = temporaryFolder();
  const { code, output } = await runCommand('timeout', [
    // The CLI waits for ever for what does not come.
    '100', process.execPath, cli, 'deploy', '--all', '--app', assembly, '--no-notices', '--require-approval', 'never', '--concurrency', '8', '--progress', 'events', ...args,
  ], {
    cwd: home,
    environment: {
      AWS_ACCESS_KEY_ID: 'AKIA0000000000000000',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: endpoints,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_HOME: path.join(home, '.cdk'),
    },
  });
  if (code !== 0) {
    throw new Error(`'cdk deploy ${args.join(' ')}' ended with ${code}:\n${output}`);
  }
  return output;
}
