import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Construct } from 'constructs';
import { writing } from './disk-error';
import { APP_DIRECTORY, ImageConfig, ImagePlan } from './image-plan';
import { LayerEntry, layerEntries } from './layer';
import { hashContext, writeContext, writeLayer } from './write-context';
import type { BaseImageConfig } from '../../base-image';
import type { Bundler } from '../../bundler';
import type { NodeApp } from '../app/discover-app';
import { misuse } from '../misuse';

export interface ContextInput {
  readonly app: NodeApp;
  readonly base: BaseImageConfig;
  readonly platform: string;
  readonly config: Omit<ImageConfig, 'Cmd'>;
  /** Entries of the layer below that of the bundle. */
  readonly files: readonly LayerEntry[];
  readonly bundler: Bundler;
}

/** A complete build context in a temporary folder, until it is staged. */
export interface BuildContext {
  /** Absolute path. */
  readonly directory: string;
  /** SHA-256 of the content, in hexadecimal. */
  readonly hash: string;
  /** Removes the folder, unless staging is turned off and the folder is what the asset refers to. */
  remove(staged?: string): void;
}

/** Bundles an app and writes the build context of its image. Whatever fails leaves nothing behind. */
export function stageContext(scope: Construct, { app, base, platform, config, files, bundler }: ContextInput): BuildContext {
  return inTemporaryDirectory(scope, (directory) => {
    const outputDirectory = path.join(directory, 'bundle');
    const context = path.join(directory, 'context');
    fs.mkdirSync(outputDirectory);
    fs.mkdirSync(context);

    const { entryPoint } = bundler.bundle(scope, { entry: app.entry, projectRoot: app.projectRoot, outputDirectory, nodeMajor: base.nodeMajor });
    if (!fs.existsSync(path.join(outputDirectory, entryPoint))) {
      throw misuse(scope, `the bundler named '${entryPoint}' as entry point but wrote no such file; expected a path relative to its output directory`);
    }
    const bundled = layerEntries(outputDirectory, APP_DIRECTORY);
    refuseOverlap(scope, files, bundled);

    const what = `${scope.node.path}: writing the layers`;
    const plan: ImagePlan = {
      schemaVersion: 1,
      platform,
      base: base.reference,
      config: { ...config, Cmd: [path.posix.join(APP_DIRECTORY, entryPoint)] },
      layers: [
        ...(files.length > 0 ? [writeLayer(context, 'files.tar', files, what)] : []),
        writeLayer(context, 'app.tar', bundled, what),
      ],
    };
    writeContext(context, plan);
    return context;
  });
}

/** What stands in for the build context of a stack that is not selected, so that its app is not bundled for nothing. */
export function stubContext(scope: Construct): BuildContext {
  return inTemporaryDirectory(scope, (directory) => {
    fs.writeFileSync(path.join(directory, 'Dockerfile'), '# Bundling was skipped: the stack was not selected.\nFROM scratch\n');
    return directory;
  });
}

/**
 * Makes sure that a staged context is the one that was written.
 *
 * CDK takes a folder that is already in cdk.out for complete, even if the synth that copied it was killed halfway.
 */
export function repairStagedContext(context: BuildContext, staged: string): void {
  if (hashContext(staged) === context.hash) {
    return;
  }
  const replacement = fs.mkdtempSync(`${staged}.`);
  try {
    fs.cpSync(context.directory, replacement, { recursive: true });
    fs.rmSync(staged, { recursive: true });
    fs.renameSync(replacement, staged);
  } finally {
    fs.rmSync(replacement, { recursive: true, force: true });
  }
}

/** The layer of the bundle lies on top and would hide the copied file. */
function refuseOverlap(scope: Construct, files: readonly LayerEntry[], bundled: readonly LayerEntry[]): void {
  const paths = new Set(files.filter(({ type }) => type !== 'directory').map((entry) => entry.path));
  const hidden = bundled.find((entry) => paths.has(entry.path));
  if (hidden !== undefined) {
    throw misuse(scope, `'copyFiles' copies to ${hidden.path}, where the bundle is; copy it elsewhere`);
  }
}

function inTemporaryDirectory(scope: Construct, fill: (directory: string) => string): BuildContext {
  return writing(scope, os.tmpdir(), 'point TMPDIR to another folder', () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'slim-node-image-'));
    const remove = (staged?: string) => {
      if (staged === undefined || path.relative(root, staged).startsWith('..')) {
        fs.rmSync(root, { recursive: true, force: true });
      }
    };
    try {
      const directory = fill(root);
      return { directory, hash: hashContext(directory), remove };
    } catch (error) {
      remove();
      throw error;
    }
  });
}
