import * as fs from 'node:fs';
import * as path from 'node:path';
import { Annotations, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ENTRY_NAME, buildOptions } from './build-options';
import type { EsbuildInput, EsbuildOutput } from './esbuild-task';
import { findEsbuild } from './find-esbuild';
import { installEsbuild, mayInstallEsbuild } from './install-esbuild';
import { moduleFormat } from './module-format';
import type { Bundle, BundleRequest } from '../../bundler';
import { EsbuildOptions, LogLevel, OutputFormat } from '../../esbuild-options';
import { misuse } from '../misuse';
import { runShellCommand } from '../run-command';
import { runInWorker } from '../worker/run-in-worker';

/** Bundles an app with the project's own esbuild into the request's output directory. */
export function bundleWithEsbuild(scope: Construct, request: BundleRequest, options: EsbuildOptions): Bundle {
  const { entry, projectRoot, outputDirectory, nodeMajor } = request;
  checkOptions(scope, options);
  const format = options.format ?? moduleFormat(entry);

  const runHooks = (commands: string[] = []) => commands.forEach((command) => translate(scope, () =>
    runShellCommand(command, { directory: projectRoot, environment: options.environment })));
  runHooks(options.commandHooks?.beforeBundling(projectRoot, outputDirectory));

  const { errors, warnings, inputs, metafile } = translate(scope, () => runInWorker<EsbuildOutput>(path.join(__dirname, 'esbuild-task.js'), {
    esbuild: findEsbuild([path.dirname(entry), projectRoot, process.cwd(), __dirname], process.env.PATH ?? '', lastResort(scope)),
    options: buildOptions({ entry, projectRoot, nodeMajor, format }, options),
    outputDirectory,
    sourceMapPackages: options.sourceMapPackages ?? false,
    pluginsModule: options.pluginsModule && path.resolve(options.pluginsModule),
    environment: options.environment ?? {},
  } satisfies EsbuildInput, `${scope.node.path}: bundling ${path.relative(projectRoot, entry)}`));
  if (errors.length > 0) {
    throw misuse(scope, `esbuild can't bundle ${entry}\n\n${errors.join('\n').trimEnd()}${hint(errors)}`);
  }
  annotate(scope, options, warnings, inputs);
  if (options.metafile !== undefined) {
    fs.mkdirSync(path.dirname(path.resolve(options.metafile)), { recursive: true });
    fs.writeFileSync(options.metafile, metafile);
  }

  runHooks(options.commandHooks?.afterBundling(projectRoot, outputDirectory));
  return { entryPoint: `${ENTRY_NAME}${format === OutputFormat.ESM ? '.mjs' : '.cjs'}` };
}

/** What provides esbuild to a CDK app in another language than JavaScript. */
function lastResort(scope: Construct): (() => string) | undefined {
  // Not through process.stderr: on a pipe that is asynchronous, and a constructor does not get back to the event loop.
  return mayInstallEsbuild(process.env) ? () => installEsbuild(process.env, (line) => fs.writeSync(2, `${scope.node.path}: ${line}\n`)) : undefined;
}

function checkOptions(scope: Construct, options: EsbuildOptions): void {
  if (options.splitting && options.format === OutputFormat.CJS) {
    throw misuse(scope, "'splitting' needs ECMAScript modules; set 'format' to OutputFormat.ESM, or 'splitting' to false");
  }
  const files = { pluginsModule: options.pluginsModule, tsconfig: options.tsconfig };
  for (const [prop, file] of Object.entries(files)) {
    if (file !== undefined && !Token.isUnresolved(file) && !fs.existsSync(file)) {
      throw misuse(scope, `'${prop}' ${path.resolve(file)} does not exist; expected a path that is absolute or relative to the working directory, ${process.cwd()}`);
    }
  }
}

/** Adds the path of the construct to what goes wrong in another thread or process. */
function translate<Result>(scope: Construct, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw misuse(scope, (error as Error).message);
  }
}

function hint(errors: readonly string[]): string {
  if (errors.some((error) => error.includes('Top-level await is currently not supported with the "cjs" output format'))) {
    return '\n\nMake the app an ES module: "type": "module" in its package.json, an entry named .mts, or \'format: OutputFormat.ESM\'.';
  }
  return '';
}

function annotate(scope: Construct, options: EsbuildOptions, warnings: readonly string[], inputs: readonly string[]): void {
  const outside = inputs.filter((input) => input.startsWith('../') || path.isAbsolute(input));
  if (outside.length > 0) {
    Annotations.of(scope).addWarningV2('cdk-slim-node-image:outsideProjectRoot',
      `the bundle has files from outside of the project root, so that the image depends on where the project lies: ${outside.slice(0, 3).join(', ')}`
      + `${outside.length > 3 ? ` and ${outside.length - 3} more` : ''}; set 'projectRoot' to a folder that contains them`);
  }
  if (options.logLevel === undefined || options.logLevel === LogLevel.WARNING) {
    warnings.forEach((warning, index) => Annotations.of(scope).addWarningV2(`cdk-slim-node-image:esbuild${index === 0 ? '' : index + 1}`, warning.trimEnd()));
  }
}
