import * as path from 'node:path';
import { output } from '../run-command';

/** This checkout. */
export const checkout = path.resolve(__dirname, '..', '..', '..');

/** Folder for what package managers download, so that only the first run needs the network. */
export const downloads = path.join(checkout, '.cache', 'install');

/** Where npm finds packages on this machine. */
export interface NpmConfiguration {
  readonly registry: string;
  readonly cafile?: string;
  readonly cache: string;
}

export async function npmConfiguration(): Promise<NpmConfiguration> {
  const get = async (key: string) => (await output('npm', ['config', 'get', key])).trim().split('\n').at(-1) ?? '';
  const cafile = await get('cafile');
  return { registry: await get('registry'), cafile: ['', 'null', 'undefined'].includes(cafile) ? undefined : cafile, cache: await get('cache') };
}

/** The environment of somebody who has nothing to do with this checkout: without what npx and projen, which run the tests, put there. */
export function strangersEnvironment({ registry, cafile, cache }: NpmConfiguration): Readonly<Record<string, string | undefined>> {
  const ours = Object.keys(process.env).filter((name) => name.startsWith('npm_'));
  return {
    ...Object.fromEntries([...ours, 'INIT_CWD', 'NODE_PATH', 'NODE_OPTIONS', 'JSII_AGENT', 'CI'].map((name) => [name, undefined])),
    PATH: (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.includes('node_modules')).join(path.delimiter),
    npm_config_registry: registry,
    npm_config_cafile: cafile,
    npm_config_cache: cache,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_VALIDATION: 'false',
  };
}
