/** Module format of a bundle. */
export enum OutputFormat {
  /** CommonJS: `require`, `module.exports`. */
  CJS = 'cjs',
  /** ECMAScript module: `import`, top-level await. */
  ESM = 'esm',
}

/** Where the source map of a bundle goes. */
export enum SourceMapMode {
  /** A file beside the bundle, named by a comment in it. */
  LINKED = 'linked',
  /** A file beside the bundle that the bundle doesn't name: for error trackers. Node.js does not use it. */
  EXTERNAL = 'external',
  /** Inside the bundle. */
  INLINE = 'inline',
  /** Inside the bundle, and a file beside it. */
  BOTH = 'both',
}

/** What esbuild prints. */
export enum LogLevel {
  /** Everything, for debugging esbuild. */
  VERBOSE = 'verbose',
  /** How paths are resolved, too. */
  DEBUG = 'debug',
  /** Sizes and times, too. */
  INFO = 'info',
  /** Warnings, as annotations of the image. Errors always fail synth. */
  WARNING = 'warning',
  /** Nothing: errors fail synth. */
  ERROR = 'error',
  /** Nothing: errors fail synth. */
  SILENT = 'silent',
}

/** Characters of a bundle. */
export enum Charset {
  /** Characters outside of ASCII are escaped. */
  ASCII = 'ascii',
  /** Characters are kept as they are. */
  UTF8 = 'utf8',
}

/** Where the comments that carry a license go. */
export enum LegalComments {
  /** They are dropped. */
  NONE = 'none',
  /** They stay where they are. */
  INLINE = 'inline',
  /** To the end of the bundle. */
  END_OF_FILE = 'eof',
  /** To a `.LEGAL.txt` file that the bundle names. */
  LINKED = 'linked',
  /** To a `.LEGAL.txt` file. */
  EXTERNAL = 'external',
}

/** Commands that run before and after bundling, on the machine that runs synth. */
export interface ICommandHooks {
  /**
   * Commands to run before bundling, such as a code generator. One that fails, fails synth.
   *
   * @param inputDir absolute path of the project root, which is also their working directory
   * @param outputDir absolute path of the folder that the bundle is going to be written to
   */
  beforeBundling(inputDir: string, outputDir: string): string[];

  /**
   * Commands to run after bundling. What they add to the output folder becomes part of `/app` in the image.
   *
   * @param inputDir absolute path of the project root, which is also their working directory
   * @param outputDir absolute path of the folder that holds the bundle
   */
  afterBundling(inputDir: string, outputDir: string): string[];
}

/**
 * Options for `Bundler.esbuild`. Names and meanings are those of esbuild and of `NodejsFunction`.
 *
 * Source: https://esbuild.github.io/api/
 */
export interface EsbuildOptions {
  /**
   * Replaces package names by others: `{ 'lodash': 'lodash-es' }`.
   *
   * @default - none
   */
  readonly alias?: { [name: string]: string };

  /**
   * Text that every JavaScript file of the bundle begins with.
   *
   * @default - none
   */
  readonly banner?: string;

  /**
   * Characters of the bundle.
   *
   * @default Charset.ASCII
   */
  readonly charset?: Charset;

  /**
   * Shell commands to run before and after bundling.
   *
   * @default - none
   */
  readonly commandHooks?: ICommandHooks;

  /**
   * Names of conditional exports in package.json files that are followed besides `import`, `require`, `node` and `default`.
   *
   * @default - ['module']
   */
  readonly conditions?: string[];

  /**
   * Replaces global identifiers by constant expressions. Strings need quotes of their own: `{ 'process.env.STAGE': '"prod"' }`.
   *
   * @default - none
   */
  readonly define?: { [name: string]: string };

  /**
   * Labels whose statements are removed: with `['DEV']`, `DEV: check();` is.
   *
   * @default - none
   */
  readonly dropLabels?: string[];

  /**
   * Environment variables for the command hooks and for plugins, besides those of the process.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Further command line flags of esbuild, each with its value: `{ '--log-limit': '0', '--tree-shaking': 'true', '--drop:console': 'true' }`.
   * They win over every other option.
   *
   * @default - none
   */
  readonly esbuildArgs?: { [flag: string]: string };

  /**
   * Modules that are left out of the bundle, so that they have to be in the image: package names, paths, or patterns with one `*`.
   *
   * @default - none: everything is bundled
   */
  readonly externalModules?: string[];

  /**
   * Text that every JavaScript file of the bundle ends with.
   *
   * @default - none
   */
  readonly footer?: string;

  /**
   * Module format of the bundle.
   *
   * @default - what Node.js would take the entry for: its extension (.mts, .mjs, .cts, .cjs), else "type" of the nearest package.json
   */
  readonly format?: OutputFormat;

  /**
   * Paths of files whose exports replace global identifiers everywhere, absolute or relative to the working directory.
   *
   * @default - none
   */
  readonly inject?: string[];

  /**
   * Keep the `name` of functions and classes when they are renamed by minifying.
   *
   * @default false
   */
  readonly keepNames?: boolean;

  /**
   * Where the comments that carry a license go.
   *
   * @default LegalComments.END_OF_FILE
   */
  readonly legalComments?: LegalComments;

  /**
   * How files of an extension are read: `{ '.sql': 'text' }`.
   *
   * @default - esbuild's own for each extension
   */
  readonly loader?: { [extension: string]: string };

  /**
   * What is printed.
   *
   * @default LogLevel.WARNING
   */
  readonly logLevel?: LogLevel;

  /**
   * Fields of package.json that name a package's entry point, in the order they are tried.
   *
   * @default ['main', 'module']
   */
  readonly mainFields?: string[];

  /**
   * File that esbuild's metafile is written to, for bundle analyzers: absolute, or relative to the working directory.
   * It does not become part of the image.
   *
   * @default - none is written
   */
  readonly metafile?: string;

  /**
   * Minify the bundle. Stack traces are readable all the same, through the source map.
   *
   * @default false
   */
  readonly minify?: boolean;

  /**
   * Module whose default export, or export `plugins`, is an array of esbuild plugins (or a function that returns one):
   * a path, absolute or relative to the working directory. It may be TypeScript.
   *
   * Plugins run with `write: false`: what is in the image is what `onEnd` leaves in `result.outputFiles`.
   *
   * @default - no plugins
   */
  readonly pluginsModule?: string;

  /**
   * Make a source map, so that stack traces in the container show the original files and lines.
   *
   * @default true
   */
  readonly sourceMap?: boolean;

  /**
   * Where the source map goes.
   *
   * @default SourceMapMode.LINKED
   */
  readonly sourceMapMode?: SourceMapMode;

  /**
   * Map the code of packages, too: what lies in a `node_modules` folder. Without it stack traces show their place in the bundle, and an app
   * with large packages starts faster, as Node.js parses the whole map at the first stack trace.
   *
   * @default false
   */
  readonly sourceMapPackages?: boolean;

  /**
   * Include the sources themselves in the source map. Stack traces don't need them.
   *
   * @default false
   */
  readonly sourcesContent?: boolean;

  /**
   * Split code that is imported dynamically into files of its own, which are loaded when they are needed. Needs `OutputFormat.ESM`.
   *
   * @default false
   */
  readonly splitting?: boolean;

  /**
   * Language version of the bundle: `node24`, `es2023`, or several, separated by commas.
   *
   * @default - the Node.js major of the base image
   */
  readonly target?: string;

  /**
   * tsconfig.json for all files: absolute, or relative to the working directory.
   *
   * @default - for each file the tsconfig.json nearest to it
   */
  readonly tsconfig?: string;
}
