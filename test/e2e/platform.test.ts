import { distroless } from './base-images';
import { buildImage, builders, inspectImage } from './docker';
import { fixture } from './fixture-apps';
import { SynthesizedImage, synthImage } from './synth';

let image: SynthesizedImage;
let reference: string;

beforeAll(async () => {
  const baseImage = await distroless('linux/arm64');
  reference = baseImage.reference;
  image = await synthImage({ entry: fixture('typescript-esm/src/main.ts'), baseImage, platform: 'linux/arm64' });
});

test('the CDK CLI is asked for linux/arm64', () => {
  expect(image.source.platform).toBe('linux/arm64');
});

// Nothing is emulated: an image without RUN is built on any machine.
describe.each(builders)('built by $name', (builder) => {
  let tag: string;

  beforeAll(async () => {
    tag = await buildImage(image, builder, '--no-cache');
  });

  test('the image is one for arm64', async () => {
    const { Os, Architecture } = await inspectImage(tag);
    expect(`${Os}/${Architecture}`).toBe('linux/arm64');
  });

  test('the image has the layers of the base image for arm64', async () => {
    const base = (await inspectImage(reference)).RootFS.Layers;
    expect((await inspectImage(tag)).RootFS.Layers.slice(0, base.length)).toEqual(base);
  });
});
