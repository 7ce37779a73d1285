import { Construct } from 'constructs';
import { EsbuildOptions } from './esbuild-options';
import { bundleWithEsbuild } from './private/bundle/bundle-with-esbuild';

/** What a bundler is asked for. */
export interface BundleRequest {
  /** Absolute path of the source file that bundling starts from. */
  readonly entry: string;

  /** Absolute path of the folder that paths inside the bundle are to be relative to. */
  readonly projectRoot: string;

  /** Absolute path of the empty folder that the bundle is to be written to. Its content becomes `/app` of the image. */
  readonly outputDirectory: string;

  /** Major version of the Node.js that will run the bundle. */
  readonly nodeMajor: number;
}

/** What a bundler made. */
export interface Bundle {
  /** File that Node.js starts, relative to the output directory, such as `index.mjs`. */
  readonly entryPoint: string;
}

/**
 * Turns an app into the files that Node.js runs.
 *
 * Extend it to use another tool than esbuild. The same sources have to give the same files wherever they are bundled.
 */
export abstract class Bundler {
  /** Bundles with the project's own esbuild. */
  public static esbuild(options: EsbuildOptions = {}): Bundler {
    return new EsbuildBundler(options);
  }

  /**
   * Bundles the app of one image; called at every synth of a stack that is selected.
   *
   * @param scope the image, for the path in error messages and for annotations
   */
  public abstract bundle(scope: Construct, request: BundleRequest): Bundle;
}

class EsbuildBundler extends Bundler {
  constructor(private readonly options: EsbuildOptions) {
    super();
  }

  public bundle(scope: Construct, request: BundleRequest): Bundle {
    return bundleWithEsbuild(scope, request, this.options);
  }
}
