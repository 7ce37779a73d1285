import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { renderDockerfile } from './dockerfile';
import type { ImagePlan, Layer } from './image-plan';
import type { LayerEntry } from './layer';
import type { LayerInput, LayerOutput } from './layer-task';
import { runInWorker } from '../worker/run-in-worker';

/** Writes one layer of a build context. Returns its description for the plan. */
export function writeLayer(directory: string, file: string, entries: readonly LayerEntry[], what: string): Layer {
  const { diffId, size } = runInWorker<LayerOutput>(path.join(__dirname, 'layer-task.js'), {
    file: path.join(directory, file),
    entries,
  } satisfies LayerInput, what);
  return { file, diffId, size };
}

/** Writes what a build context has besides its layers. */
export function writeContext(directory: string, plan: ImagePlan): void {
  fs.writeFileSync(path.join(directory, 'image-plan.json'), `${JSON.stringify(plan, undefined, 2)}\n`);
  fs.writeFileSync(path.join(directory, 'Dockerfile'), renderDockerfile(plan));
}

/**
 * SHA-256 over the names and the content of the files in a build context, in hexadecimal.
 *
 * Modes, owners and links of the image are inside the tars, so that they are covered, too.
 */
export function hashContext(directory: string): string {
  const hash = createHash('sha256');
  for (const file of fs.readdirSync(directory).sort()) {
    hash.update(`${file}\0${hashFile(path.join(directory, file))}\n`);
  }
  return hash.digest('hex');
}

function hashFile(file: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1 << 20);
  const descriptor = fs.openSync(file, 'r');
  try {
    for (let read = fs.readSync(descriptor, chunk); read > 0; read = fs.readSync(descriptor, chunk)) {
      hash.update(chunk.subarray(0, read));
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest('hex');
}
