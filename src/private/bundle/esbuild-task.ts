import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as esbuild from 'esbuild';
import { loadPlugins } from './load-plugins';
import { moduleGlobals, usesBanner } from './module-globals';
import { trimSourceMap } from './trim-source-map';

export interface EsbuildInput {
  /** Absolute path of the main module of esbuild. */
  readonly esbuild: string;
  readonly options: esbuild.BuildOptions;
  /** Absolute path. */
  readonly outputDirectory: string;
  /** Leave the code of packages in the source map. */
  readonly sourceMapPackages: boolean;
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
export default async function bundle(input: EsbuildInput): Promise<EsbuildOutput> {
  const { esbuild: main, options, environment } = input;
  const { default: { build, formatMessages } } = await import(pathToFileURL(main).href) as { default: typeof esbuild };
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const plugins = input.pluginsModule === undefined ? [] : await loadPlugins(input.pluginsModule, build);
    const result = await buildWithGlobals(build, { ...options, plugins }).catch((error: esbuild.BuildFailure) => error);

    const format = async (messages: esbuild.Message[], kind: 'error' | 'warning') => messages.length === 0 ? [] : formatMessages(
      // Where esbuild itself noticed a wrong option is of no use to who set it.
      messages.map((message) => message.location?.file === main ? { ...message, location: null, notes: [] } : message), { kind, color: false });
    if (result instanceof Error) {
      if (result.errors === undefined) {
        throw result;
      }
      return { errors: await format(result.errors, 'error'), warnings: [], inputs: [], metafile: '' };
    }
    await write(result.outputFiles ?? [], input);
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

/** Builds with what the module format lacks. */
async function buildWithGlobals(build: typeof esbuild.build, options: esbuild.BuildOptions): Promise<esbuild.BuildResult> {
  const globals = moduleGlobals(options.format === 'esm' ? 'esm' : 'cjs');
  const withGlobals = { ...options, define: { ...globals.define, ...options.define } };
  const withBanner = { ...withGlobals, banner: { ...options.banner, js: [globals.banner, options.banner?.js].filter(Boolean).join('\n') } };
  if (options.format === 'esm') {
    return build(withBanner);
  }
  // In CommonJS the first statement has to be "use strict" where there is one, so the banner comes only where it is needed, which is rare.
  const result = await build(withGlobals);
  return result.outputFiles?.some(({ path: file, text }) => file.endsWith('.cjs') && usesBanner(globals, text)) ? build(withBanner) : result;
}

async function write(files: esbuild.OutputFile[], { options, outputDirectory, sourceMapPackages }: EsbuildInput): Promise<void> {
  for (const file of files) {
    const target = path.join(outputDirectory, path.relative(options.outdir ?? '', file.path));
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, sourceMapPackages ? file.contents : trimSourceMap(file));
  }
}
