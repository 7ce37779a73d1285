import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { appFolder, appSize } from './app-copy';
import { findBaseImages, isOfficial, platform } from './base-images';
import { runBenchmark } from './benchmark';
import { buildCacheRecords, pruneBuildCache } from './build-cache';
import { readBundle } from './bundle';
import { Cleanup } from './cleanup';
import { docker, removeImages, requireBuildKit } from './docker';
import { checkExpectations } from './expectations';
import { describeMachine, describePackages } from './machine';
import { multiStage } from './multi-stage';
import { PackageCache } from './package-cache';
import { Registry } from './registry';
import { Report, renderJson, renderMarkdown } from './report';
import { endCommands } from './run-command';
import { singleStage } from './single-stage';
import { slimNodeImage } from './slim-node-image';
import { WayName, wayNames } from './way';

const fewestRounds = 5;

const usage = `usage: npx projen bench [--rounds ${fewestRounds}] [--only ${wayNames.join('|')}]

Compares three ways to put a backend into an image, and prints the results as Markdown.
All three in at least ${fewestRounds} rounds are also written to bench/results.md and bench/results.json.

  --rounds N   how often each way is measured
  --only WAY   measure one way; may be given more than once

It needs Docker with BuildKit and docker-registry (a package of Debian). CDK_DOCKER names another docker command.`;

interface Options {
  readonly rounds: number;
  readonly only: readonly WayName[];
}

function parseOptions(): Options | undefined {
  const { values } = parseArgs({ options: { help: { type: 'boolean' }, rounds: { type: 'string' }, only: { type: 'string', multiple: true } } });
  if (values.help) return undefined;
  const rounds = Number(values.rounds ?? fewestRounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds is '${values.rounds}'; expected a whole number from 1`);
  const only = values.only?.map((text) => wayNames.find((name) => name === text) ?? unknownWay(text));
  return { rounds, only: only ?? wayNames };
}

function unknownWay(text: string): never {
  throw new Error(`--only is '${text}'; expected one of ${wayNames.join(', ')}`);
}

function progress(message: string): void {
  process.stderr.write(`${message}\n`);
}

async function benchmark({ rounds, only }: Options, cleanup: Cleanup): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'slim-node-image-bench-'));
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  await requireBuildKit(join(folder, 'builder'));
  const baseImages = await findBaseImages();
  progress(`base images: ${Object.values(baseImages).join(', ')}; load of the machine: ${loadavg()[0].toFixed(1)}`);

  const records = await buildCacheRecords();
  const images = new Set<string>();
  cleanup.add(async () => {
    await removeImages(images);
    await pruneBuildCache(records);
  });
  mkdirSync(join(folder, 'registry'));
  const registry = await Registry.start(join(folder, 'registry'));
  cleanup.add(() => registry.stop());
  const packages = await PackageCache.start(packageFolder());
  cleanup.add(() => packages.stop());

  const packageUrl = packages.url;
  mkdirSync(join(folder, 'ours'));
  const ours = slimNodeImage({ folder: join(folder, 'ours'), baseImage: baseImages.distroless, packageUrl });
  const ways = [
    singleStage({ appFolder: join(folder, 'single-stage'), baseImages, packageUrl, tag: 'slim-node-image/bench:single-stage' }),
    multiStage({ appFolder: join(folder, 'multi-stage'), baseImages, packageUrl, tag: 'slim-node-image/bench:multi-stage' }),
    ours,
  ].filter(({ name }) => only.includes(name));

  cleanup.add(endCommands);
  const results = await runBenchmark({ ways, registry, rounds, progress, onImage: (id) => images.add(id) });
  const bundle = only.includes('ours') ? await readBundle(ours.contextDirectory(), join(folder, 'bundle')) : {};
  const byName = Object.fromEntries([...results].map(([way, measurements]) => [way.name, measurements]));
  const { files, lines } = appSize();
  return {
    facts: {
      ...await describeMachine(),
      'Base images': Object.values(baseImages).map((image) => isOfficial(image) ? image : `${image} (a stand-in, made by scripts/stand-ins)`).join(', '),
      'Platform': platform,
      'App': `${files} files of TypeScript, ${lines} lines, the same package versions in all three`,
      'Versions': describePackages(['aws-cdk-lib', 'esbuild', 'typescript']),
    },
    rounds,
    ways: [...results].map(([way, measurements]) => ({ way, measurements })),
    bundle,
    expectations: checkExpectations(byName, bundle),
  };
}

/** Other lock files may need packages that are newer than what the cache knows. */
function packageFolder(): string {
  const locks = ['package-lock.json', 'pnpm-lock.yaml', 'package.json'].map((name) => readFileSync(join(appFolder, name)));
  const key = createHash('sha256').update(Buffer.concat(locks)).digest('hex').slice(0, 12);
  return join(__dirname, '../.cache/bench', `packages-${key}`);
}

async function main(): Promise<void> {
  const options = parseOptions();
  if (options === undefined) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  await docker(['version']);
  const cleanup = new Cleanup();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanup.run().then(() => process.exit(1)));
  }
  try {
    const report = await benchmark(options, cleanup);
    process.stdout.write(renderMarkdown(report));
    if (options.only.length === wayNames.length && options.rounds >= fewestRounds) {
      writeFileSync(join(__dirname, 'results.md'), renderMarkdown(report));
      writeFileSync(join(__dirname, 'results.json'), renderJson(report));
    } else {
      progress(`nothing was written: bench/results.md wants all ways and at least ${fewestRounds} rounds`);
    }
  } finally {
    await cleanup.run();
  }
}

main().catch((error: unknown) => {
  progress(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
