import * as fs from 'node:fs';
import * as path from 'node:path';
import { distroless } from './base-images';
import { buildImage, builders, inspectImage } from './docker';
import { fixture } from './fixture-apps';
import { SynthesizedImage, synthImage } from './synth';
import { folderWith, temporaryFolder } from './temporary-folder';

/** The layer of nothing that BuildKit makes for WORKDIR, even where the folder is there. */
const NOTHING = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

let image: SynthesizedImage;
let base: readonly string[];

beforeAll(async () => {
  const baseImage = await distroless();
  const views = folderWith({ 'index.html': '<h1>Hello</h1>', 'partials/grüße.html': 'Grüße' });
  image = await synthImage({ entry: fixture('backend/src/main.ts'), baseImage, copyFiles: { '/app/views': views }, environment: { LOG_LEVEL: 'warn' } });
  base = await layersOf(baseImage.reference);
});

describe.each(builders)('built twice by $name without its cache', (builder) => {
  let first: readonly string[];
  let second: readonly string[];

  beforeAll(async () => {
    first = await layersOf(await buildImage(image, builder, '--no-cache'));
    second = await layersOf(await buildImage(copyOf(image), builder, '--no-cache'));
  });

  test('the image begins with the layers of the base image', () => {
    expect(first.slice(0, base.length)).toEqual(base);
  });

  test('the image has one more layer for the app and one for what was copied', () => {
    expect(withoutNothing(first)).toHaveLength(base.length + 2);
  });

  test('the layers are the same', () => {
    expect(second).toEqual(first);
  });
});

if (builders.length > 1) {
  test('both builders make the same layers', async () => {
    const [one, other] = await Promise.all(builders.map(async (builder) => layersOf(await buildImage(image, builder))));
    expect(withoutNothing(one)).toEqual(withoutNothing(other));
  });
}

/** The same build context as another machine has it: elsewhere, later, and under another umask. */
function copyOf({ directory, source }: SynthesizedImage): Pick<SynthesizedImage, 'directory' | 'source'> {
  const copy = path.join(temporaryFolder(), 'another folder');
  fs.cpSync(directory, copy, { recursive: true });
  for (const file of fs.readdirSync(copy)) {
    fs.chmodSync(path.join(copy, file), 0o600);
    fs.utimesSync(path.join(copy, file), 2_000_000_000, 2_000_000_000);
  }
  return { directory: copy, source };
}

async function layersOf(tag: string): Promise<readonly string[]> {
  return (await inspectImage(tag)).RootFS.Layers;
}

function withoutNothing(layers: readonly string[]): readonly string[] {
  return layers.filter((layer) => layer !== NOTHING);
}
