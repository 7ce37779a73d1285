import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as esbuild from 'esbuild';
import { loadPlugins } from './load-plugins';
import { moduleGlobals } from './module-globals';

export interface EsbuildInput {
  /** Absolute path of the main module of esbuild. */
  readonly esbuild: string;
  readonly options: esbuild.BuildOptions;
  /** Absolute path. */
  readonly outputDirectory: string;
  /** Absolute path. */
  readonly pluginsModule?: string;
  readonly environment: { readonly [name: string]: string };
}

export interface EsbuildOutput {
  /** Errors in the app, as esbuild formats them; with one of them nothing was written. */
  readonly errors: string[];
  readonly warnings: string[];
  /** The files that went into the bundle, relative to the working directory of the build. */
  readonly inputs: string[];
  /** The metafile, as JSON. */
  readonly metafile: string;
}

/** Bundles in the worker thread: only the asynchronous API of esbuild has plugins. */
export default async function bundle({ esbuild: main, options, outputDirectory, pluginsModule, environment }: EsbuildInput): Promise<EsbuildOutput> {
  const { default: { build, formatMessages } } = await import(pathToFileURL(main).href) as { default: typeof esbuild };
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const globals = moduleGlobals(options.format === 'esm' ? 'esm' : 'cjs');
    const plugins = pluginsModule === undefined ? [] : await loadPlugins(pluginsModule, build);
    const result = await build({
      ...options,
      banner: { ...options.banner, js: [globals.banner, options.banner?.js].filter(Boolean).join('\n') },
      define: { ...globals.define, ...options.define },
      inject: [...globals.inject ?? [], ...options.inject ?? []],
      plugins: [...globals.plugins ?? [], ...plugins],
    }).catch((error: esbuild.BuildFailure) => error);

    const format = (messages: esbuild.Message[], kind: 'error' | 'warning') => formatMessages(
      // Where esbuild itself noticed a wrong option is of no use to who set it.
      messages.map((message) => message.location?.file === main ? { ...message, location: null, notes: [] } : message), { kind, color: false });
    if (result instanceof Error) {
      if (result.errors === undefined) {
        throw result;
      }
      return { errors: await format(result.errors, 'error'), warnings: [], inputs: [], metafile: '' };
    }
    await write(result.outputFiles ?? [], options.outdir ?? '', outputDirectory);
    return {
      errors: [],
      warnings: await format(result.warnings, 'warning'),
      inputs: Object.keys(result.metafile?.inputs ?? {}),
      metafile: JSON.stringify(result.metafile),
    };
  } finally {
    process.env = before;
  }
}

async function write(files: esbuild.OutputFile[], from: string, to: string): Promise<void> {
  for (const file of files) {
    const target = path.join(to, path.relative(from, file.path));
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, file.contents);
  }
}
