import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseBaseImage } from './demo/base-image';
import { Docker } from './demo/docker';
import { bytes, paragraph, seconds, section, step, table } from './demo/report';
import { ImageRun, runImage } from './demo/run-image';
import { SynthesizedImage, synthesize } from './demo/synthesize';

const usage = `usage: npx projen demo

Synthesizes examples/backend with the CDK CLI, and prints the Dockerfile and the layers of its image.
Where Docker is, also builds the image, runs it, calls the app over HTTP, prints the answer, the time to
it and the size of the image, and removes what was made.

Environment variables:
  SLIM_NODE_BASE_IMAGE      base image with Node.js 24 in it (default: gcr.io/distroless/nodejs24-debian13:nonroot)
  SLIM_NODE_BASE_NODE_PATH  absolute path of Node.js in that base image (default: /nodejs/bin/node)
  CDK_DOCKER                docker command (default: docker)
`;

async function demo(folder: string, signal: AbortSignal): Promise<void> {
  const docker = new Docker(process.env.CDK_DOCKER || 'docker');
  const missing = await docker.problem(signal);
  const base = await chooseBaseImage(missing === undefined ? docker : undefined, signal);

  const image = await step('Synthesizing examples/backend', async () => synthesize(folder, base, signal));
  section('Base image', [base.reference, base.reason]);
  section('Dockerfile', image.dockerfile.trimEnd().split('\n'));
  section('Layers on the base image', layerTable(image));
  if (missing !== undefined) {
    paragraph(`To build and run it: install Docker Engine or start it, then run 'npx projen demo' again (${missing}).`);
    return;
  }
  if (base.problem !== undefined) throw new Error(base.problem);

  process.stdout.write('\n');
  const run = await runImage(docker, image, signal);
  section('Answer', [`GET ${run.answer.url}`, `${run.answer.status} ${run.answer.body}`]);
  section('Figures', figureTable(image, run));
  paragraph('The container and the image are removed again.');
}

function layerTable({ layers }: SynthesizedImage): string[] {
  const rows = layers.map(({ file, size, compressedSize, diffId }) => [file, bytes(size), bytes(compressedSize), diffId]);
  return table([['file', 'raw', 'gzip', 'diff ID'], ...rows], [1, 2]);
}

function figureTable({ layers }: SynthesizedImage, { milliseconds, size, compressedSize }: ImageRun): string[] {
  const ours = layers.reduce((sum, layer) => sum + layer.compressedSize, 0);
  return table([
    ['first answer', seconds(milliseconds), `after the start of 'docker run'${process.arch === 'x64' ? '' : `, emulated on ${process.arch}`}`],
    ['size, raw', bytes(size), 'with the base image'],
    ['size, compressed', bytes(compressedSize), `of which ${bytes(ours)} are the app's; estimated with 'docker export' and gzip`],
  ], [1]);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (!existsSync(join(__dirname, '..', 'node_modules', 'cdk-slim-node-image', 'lib', 'index.js'))) {
    throw new Error("the library is not compiled; start the demo with 'npx projen demo', which does that first");
  }

  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => interruption.abort(new Error(`interrupted by ${name}`)));
  }
  // A reader that closes the pipe, such as head, ends the demo, too.
  process.stdout.on('error', (error) => interruption.abort(error));
  const folder = mkdtempSync(join(tmpdir(), 'slim-node-image-demo-'));
  try {
    await demo(folder, interruption.signal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
