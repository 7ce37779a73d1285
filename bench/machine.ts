import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { docker } from './docker';
import { runCommand } from './run-command';

/** What the figures depend on: label and value. */
export type Facts = Readonly<Record<string, string>>;

export async function describeMachine(): Promise<Facts> {
  const [engine, driver] = (await docker(['info', '--format', '{{.ServerVersion}} {{.Driver}}'])).trim().split(' ');
  const client = (await docker(['version', '--format', '{{.Client.Version}}'])).trim();
  const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  return {
    'Machine': `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    'System': name,
    'Docker': `Engine ${engine} (${driver}), client ${client}, BuildKit`,
    'Registry': /v?\d[^ ]*/.exec((await runCommand('docker-registry', ['--version'])).trim().split(' ').at(-1) ?? '')?.[0] ?? 'docker-registry',
    'Node.js that runs synth': process.versions.node,
  };
}

/** The installed version of packages, as the library and the CDK app of the benchmark use them. */
export function describePackages(names: readonly string[]): string {
  return names.map((name) => `${name} ${(JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as { version: string }).version}`).join(', ');
}
