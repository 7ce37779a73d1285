import type { BuildOptions } from 'esbuild';

/** Flags that collect values: `--drop:console`, `--external:pg-native`. */
const LISTS = ['drop', 'dropLabels', 'external', 'inject', 'pure', 'conditions', 'mainFields', 'resolveExtensions'];

/** Flags that collect pairs: `--define:X=1`, `--log-override:empty-import-meta=silent`. */
const MAPS = ['alias', 'banner', 'define', 'footer', 'loader', 'logOverride', 'outExtension', 'supported'];

/**
 * The flags of esbuild's command line as the options of its API, which has plugins and no process start.
 *
 * A flag that esbuild does not have is refused by esbuild itself.
 */
export function parseEsbuildArgs(args: { readonly [flag: string]: string }): BuildOptions {
  const options: Record<string, unknown> = {};
  for (const [flag, value] of Object.entries(args)) {
    const [, kebab, key] = /^-{0,2}([^:]+)(?::(.*))?$/.exec(flag) ?? ['', flag];
    const name = kebab.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    if (MAPS.includes(name)) {
      options[name] = { ...options[name] as object, ...pair(name, key, value) };
    } else if (LISTS.includes(name)) {
      options[name] = [...(options[name] as string[] | undefined ?? []), ...(key === undefined ? value.split(',') : [key])];
    } else {
      options[name] = scalar(value);
    }
  }
  return options as BuildOptions;
}

/** Both `'--define:X': '1'` and `'--define': 'X=1'` are found in the wild. */
function pair(name: string, key: string | undefined, value: string): Record<string, unknown> {
  const [first, ...rest] = value.split('=');
  const text = key === undefined ? rest.join('=') : value;
  return { [key ?? first]: name === 'supported' ? scalar(text) : text };
}

function scalar(value: string): unknown {
  if (value === 'true' || value === 'false') {
    return value === 'true';
  }
  return /^\d+$/.test(value) ? Number(value) : value;
}
