import * as path from 'node:path';
import type { BuildOptions, Loader } from 'esbuild';
import { parseEsbuildArgs } from './esbuild-args';
import { EsbuildOptions, LogLevel, OutputFormat } from '../../esbuild-options';

/** The basis of the name of the file that Node.js starts. */
export const ENTRY_NAME = 'index';

/** What esbuild itself prints: nothing by default, as errors are thrown and warnings are annotations. */
const PRINTED_BY_ESBUILD = [LogLevel.VERBOSE, LogLevel.DEBUG, LogLevel.INFO];

export interface BuildInput {
  readonly entry: string;
  readonly projectRoot: string;
  readonly nodeMajor: number;
  readonly format: OutputFormat;
}

/** The options of esbuild's build() for one app; all of them can be sent to another thread. */
export function buildOptions({ entry, projectRoot, nodeMajor, format }: BuildInput, options: EsbuildOptions): BuildOptions {
  const { sourceMap = true, sourceMapMode = 'linked', logLevel = LogLevel.WARNING } = options;
  return {
    entryPoints: [{ in: entry, out: ENTRY_NAME }],
    bundle: true,
    // Some versions leave packages external where that is not said.
    packages: 'bundle',
    platform: 'node',
    format,
    target: options.target?.split(',') ?? `node${nodeMajor}`,
    outExtension: { '.js': format === OutputFormat.ESM ? '.mjs' : '.cjs' },
    // esbuild writes paths relative to these two into the bundle and its source map: never to a temporary folder.
    absWorkingDir: projectRoot,
    outdir: projectRoot,
    write: false,
    allowOverwrite: true,
    metafile: true,
    sourcemap: sourceMap ? sourceMapMode : false,
    sourcesContent: options.sourcesContent ?? false,
    logLevel: PRINTED_BY_ESBUILD.includes(logLevel) ? logLevel : LogLevel.SILENT,
    minify: options.minify ?? false,
    keepNames: options.keepNames ?? false,
    splitting: options.splitting ?? false,
    ...withoutUndefined({
      alias: options.alias,
      charset: options.charset,
      conditions: options.conditions,
      define: options.define,
      dropLabels: options.dropLabels,
      external: options.externalModules,
      inject: options.inject?.map((file) => path.resolve(file)),
      legalComments: options.legalComments,
      loader: options.loader as Record<string, Loader> | undefined,
      mainFields: options.mainFields,
      tsconfig: options.tsconfig && path.resolve(options.tsconfig),
      banner: options.banner === undefined ? undefined : { js: options.banner },
      footer: options.footer === undefined ? undefined : { js: options.footer },
    }),
    ...parseEsbuildArgs(options.esbuildArgs ?? {}),
  };
}

/** esbuild refuses an option that is undefined. */
function withoutUndefined(options: BuildOptions): BuildOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
