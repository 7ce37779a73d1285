import { randomBytes } from 'node:crypto';
import { imageId, imageSize, removeImages } from './docker';
import { measureFirstResponse } from './first-response';
import { Timings, measure, total } from './measure';
import { PushedBlob, PushedImage, inspectPushed, push } from './push';
import type { Registry } from './registry';
import type { Way } from './way';

/** What was measured of one way; the arrays have an entry per round, and `start` one per container. */
export interface Measurements {
  /** Bytes. */
  raw: number;
  /** Of the image after the last change. */
  pushed?: PushedImage;
  readonly clean: Timings[];
  /** With the time of the push. */
  readonly change: Timings[];
  /** What the push of the change brought. */
  readonly added: (readonly PushedBlob[])[];
  readonly start: number[];
  readonly overhead: number[];
}

export interface BenchmarkOptions {
  readonly ways: readonly Way[];
  readonly registry: Registry;
  readonly rounds: number;
  readonly progress: (message: string) => void;
  /** Called with each image, so that it can be removed however the benchmark ends. */
  readonly onImage: (id: string) => void;
}

const startsPerRound = 3;

/** Measures all ways in turns, so that what else the machine does hits them alike. */
export async function runBenchmark({ ways, registry, rounds, progress, onImage }: BenchmarkOptions): Promise<Map<Way, Measurements>> {
  const results = new Map(ways.map((way): [Way, Measurements] => [way, { raw: 0, clean: [], change: [], added: [], start: [], overhead: [] }]));
  const of = (way: Way) => results.get(way) ?? fail(way);
  // Unlike those of any other run, whose layers Docker may still have.
  const run = randomBytes(4).toString('hex');

  // Brings base images to the registry and packages to the cache.
  for (const way of ways) {
    progress(`warming up: ${way.name}`);
    const images = [await cleanBuild(way, `${run}-0`)];
    await push(registry, way.image(), `${way.name}-${run}-0`);
    await measureFirstResponse(way.image(), `${run}-0`);
    await removeImages(images);
  }

  for (let round = 1; round <= rounds; round++) {
    const images: string[] = [];
    // Each is the first one in turn.
    const order = ways.map((_, index) => ways[(index + round) % ways.length]);
    for (const way of order) images.push(await cleanBuild(way, `${run}-${round}-clean`, of(way).clean));
    for (const way of order) await push(registry, way.image(), `${way.name}-${run}-${round}-clean`);
    for (const way of order) images.push(await changeBuild(way, `${run}-${round}`));
    for (let start = 0; start < startsPerRound; start++) {
      for (const way of order) of(way).start.push(await measureFirstResponse(way.image(), `${run}-${round}`));
    }
    for (const way of order) {
      if (way.overhead !== undefined) of(way).overhead.push(await measure(way.overhead));
    }
    await removeImages(images);
    progress(`round ${round} of ${rounds}, clean build / change / start in ms: ${[...results].map(([way, { clean, change, start }]) =>
      `${way.name} ${[total(clean[round - 1]), total(change[round - 1]), start[start.length - 1]].map(Math.round).join(' / ')}`).join(', ')}`);
  }
  return results;

  async function cleanBuild(way: Way, release: string, timings: Timings[] = []): Promise<string> {
    way.forget();
    way.setRelease(release);
    timings.push(await way.build('scratch'));
    return built(way);
  }

  async function changeBuild(way: Way, release: string): Promise<string> {
    const measurements = of(way);
    const tag = `${way.name}-${release}`;
    const before = registry.blobs();
    way.setRelease(release);
    const build = await way.build('change');
    const id = await built(way);
    measurements.change.push({ ...build, 'docker push': await measure(() => push(registry, way.image(), tag)) });
    measurements.raw = await imageSize(way.image());
    measurements.pushed = await inspectPushed(registry, tag, before);
    measurements.added.push(measurements.pushed.added);
    return id;
  }

  async function built(way: Way): Promise<string> {
    const id = await imageId(way.image());
    onImage(id);
    return id;
  }
}

function fail(way: Way): never {
  throw new Error(`${way.name} is not measured`);
}
