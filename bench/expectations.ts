import type { Measurements } from './benchmark';
import type { Bundle } from './bundle';
import { total } from './measure';
import type { PushedBlob } from './push';
import { median } from './statistics';
import type { WayName } from './way';

export interface Expectation {
  readonly text: string;
  /** What was measured, in words; nothing where a way was not measured. */
  readonly figure?: string;
  readonly met?: boolean;
}

export type MeasurementsByName = Readonly<Partial<Record<WayName, Measurements>>>;

/** What the benchmark is to show, checked. */
export function checkExpectations(measurements: MeasurementsByName, bundle: Bundle): Expectation[] {
  const { 'single-stage': single, 'multi-stage': multi, ours } = measurements;
  return [
    ratio('the image is at most 1/8 of the single-stage one, raw', 8, single?.raw, ours?.raw),
    ratio('the image is at most 1/8 of the single-stage one, compressed', 8, single?.pushed?.compressed, ours?.pushed?.compressed),
    appLayer(ours, bundle),
    ratio('rebuild plus push is at least 8 times faster than multi-stage', 8, redeploy(multi), redeploy(ours)),
    pushedOnChange(ours),
  ];
}

/** Median milliseconds of a rebuild after a one-line change, and its push. */
export function redeploy(measurements?: Measurements): number | undefined {
  return measurements && median(measurements.change.map(total));
}

function ratio(text: string, least: number, theirs?: number, ours?: number): Expectation {
  if (theirs === undefined || ours === undefined) return { text };
  return { text, figure: `${(theirs / ours).toFixed(1)} times`, met: theirs / ours >= least };
}

function appLayer(ours: Measurements | undefined, bundle: Bundle): Expectation {
  const text = 'the app layer, compressed, is at most 1.05 times the gzipped bundle (gzip -6 of bundle and source map, which both are in the layer)';
  const layer = ours?.added.at(-1)?.find(isAppLayer);
  if (layer === undefined) return { text };
  const gzipped = Object.values(bundle).reduce((sum, file) => sum + file.gzipped, 0);
  return { text, figure: `${layer.size} / ${gzipped} bytes = ${(layer.size / gzipped).toFixed(3)}`, met: layer.size / gzipped <= 1.05 };
}

function pushedOnChange(ours?: Measurements): Expectation {
  const text = 'a one-line change pushes nothing but app layer, config and manifest';
  if (ours === undefined) return { text };
  const pushes = ours.added.map((blobs) => blobs.map((blob) => isAppLayer(blob) ? 'app layer' : blob.kind).sort().join(', '));
  return {
    text,
    figure: `in ${pushes.length} changes: ${[...new Set(pushes)].join('; ')}`,
    met: pushes.every((push) => push === 'app layer, config, manifest'),
  };
}

/** The Dockerfile has one ADD, and the base image's layers never come with a change. */
function isAppLayer({ kind, instruction }: PushedBlob): boolean {
  return kind === 'layer' && /\bADD /.test(instruction ?? '');
}
