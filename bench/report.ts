import type { Measurements } from './benchmark';
import type { Bundle } from './bundle';
import { Expectation, redeploy } from './expectations';
import type { Facts } from './machine';
import { Timings, total } from './measure';
import type { PushedBlob } from './push';
import { median, summarize } from './statistics';
import type { Way } from './way';

export interface Report {
  readonly facts: Facts;
  readonly rounds: number;
  readonly ways: readonly { readonly way: Way; readonly measurements: Measurements }[];
  readonly bundle: Bundle;
  readonly expectations: readonly Expectation[];
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 1)} MB`;
const milliseconds = (value: number) => `${Math.round(value)} ms`;
const bytesOf = (blobs: readonly PushedBlob[]) => blobs.reduce((sum, { size }) => sum + size, 0);

function rows(): [string, (measurements: Measurements) => string][] {
  const medianOf = (all: readonly Timings[], ...names: string[]) => milliseconds(median(all.map((timings) =>
    names.length === 0 ? total(timings) : names.reduce((sum, name) => sum + (timings[name] ?? 0), 0))));
  return [
    ['image, raw', ({ raw }) => megabytes(raw)],
    ['image, compressed layers', ({ pushed }) => megabytes(pushed?.compressed ?? 0)],
    ['clean build', ({ clean }) => medianOf(clean)],
    ['rebuild after a one-line change', ({ change }) => medianOf(change.map(({ 'docker push': _, ...build }) => build))],
    ['push of that change', ({ change }) => medianOf(change, 'docker push')],
    ['rebuild and push', ({ change }) => medianOf(change)],
    ['pushed for that change', ({ added }) => megabytes(median(added.map(bytesOf)))],
    ['`docker run` to first response', ({ start }) => milliseconds(median(start))],
  ];
}

/** The results for people. It holds nothing but what was measured: no date and no path. */
export function renderMarkdown({ facts, rounds, ways, bundle, expectations }: Report): string {
  return [
    '# Benchmark',
    '',
    'One backend (express, pg, zod, pino) is put into an image in three ways. `npx projen bench` measures them in turns, in one run, and writes this file.',
    `The figures are medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}. MB are 10^6 bytes.`,
    '',
    ...table(['', ...ways.map(({ way }) => way.title)], rows().map(([label, cell]) => [label, ...ways.map(({ measurements }) => cell(measurements))])),
    '',
    '## Expectations',
    '',
    ...table(['expected', 'measured', ''], expectations.map(({ text, figure, met }) => [text, figure ?? 'not measured', met === undefined ? '' : met ? 'met' : 'missed'])),
    '',
    '## Where the time goes',
    '',
    ...table(['', 'clean build', 'one-line change'], ways.map(({ way, measurements }) => [way.title, phases(measurements.clean), phases(measurements.change)])),
    '',
    ...shares(ways),
    '## What is measured',
    '',
    '- Clean build: no layer comes from a cache, and the packages of the app are installed. Base images are there, and packages come from a cache on',
    '  127.0.0.1, for all three alike. What installs and runs a CDK app is there: pnpm, aws-cdk-lib. The multi-stage build installs its pnpm.',
    '- Rebuild: one line of one source file changes. With `SlimNodeImage` it includes the whole synth in a process of its own, as the CDK CLI starts it',
    '  (with `CDK_VALIDATION=false`, which turns off a check of the template that takes the CDK itself seconds), but not the CLI. The other two have no synth here,',
    '  though an app that is deployed with the CDK has one all the same.',
    '- Only the other two check types in the build (`tsc`); esbuild does not, so with `SlimNodeImage` that is left to the editor and to CI.',
    '- Push: `docker tag` and `docker push` to a registry on 127.0.0.1 that has the base image. The bytes are the blobs that came to the registry, manifest included.',
    '- First response: `docker run --init` until `GET /health` answers 200 with the new release.',
    '',
    '## Setting',
    '',
    ...table(['', ''], Object.entries(facts)),
    '',
    `The bundle in the app layer: ${Object.entries(bundle).map(([file, { raw, gzipped }]) => `${file} ${megabytes(raw)}, ${megabytes(gzipped)} gzipped`).join('; ')}.`,
    '',
  ].join('\n');
}

/** The results for programs: every sample. */
export function renderJson({ facts, rounds, ways, bundle, expectations }: Report): string {
  return `${JSON.stringify({
    facts,
    rounds,
    ways: Object.fromEntries(ways.map(({ way, measurements: { raw, pushed, clean, change, added, start, overhead } }) => [way.name, {
      title: way.title,
      rawBytes: raw,
      compressedBytes: pushed?.compressed,
      cleanBuildMs: samples(clean),
      changeMs: samples(change),
      pushedBlobs: added.map((blobs) => blobs.map(({ kind, size, instruction }) => ({ kind, size, instruction }))),
      pushedBytes: summarize(added.map(bytesOf)),
      firstResponseMs: summarize(start.map(round)),
      ...(overhead.length > 0 ? { synthWithoutImageMs: summarize(overhead.map(round)) } : {}),
    }])),
    bundle,
    expectations,
  }, undefined, 2)}\n`;
}

/** What of our time is ours, and how the ways compare without the rest. */
function shares(ways: Report['ways']): string[] {
  const [ours, multi] = ['ours', 'multi-stage'].map((name) => ways.find(({ way }) => way.name === name)?.measurements);
  const whole = redeploy(ours);
  if (ours === undefined || whole === undefined) return [];
  const cdk = median(ours.overhead);
  const docker = median(ours.change.map((timings) => total(timings) - timings.synth));
  const theirs = redeploy(multi);
  return [
    `Of the ${milliseconds(whole)} for a one-line change with \`SlimNodeImage\`, the same stack with an image from a registry takes ${milliseconds(cdk)}: the start of Node.js`,
    `and the CDK itself, which a CDK app pays for whatever its image is built with. Docker takes ${milliseconds(docker)} for one layer.`,
    `Bundling and staging are the rest, ${milliseconds(whole - cdk - docker)}.`,
    ...(theirs === undefined ? [] : [`Without what the CDK itself takes, rebuild plus push is ${(theirs / (whole - cdk)).toFixed(1)} times faster than multi-stage.`]),
    '',
  ];
}

function samples(all: readonly Timings[]) {
  return {
    total: summarize(all.map((timings) => round(total(timings)))),
    ...Object.fromEntries(phaseNames(all).map((name) => [name, summarize(all.map((timings) => round(timings[name])))])),
  };
}

function phases(all: readonly Timings[]): string {
  return phaseNames(all).map((name) => `${name} ${milliseconds(median(all.map((timings) => timings[name])))}`).join(', ');
}

function phaseNames(all: readonly Timings[]): string[] {
  return Object.keys(all[0]);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function table(header: readonly string[], body: readonly (readonly string[])[]): string[] {
  return [header, header.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`);
}
