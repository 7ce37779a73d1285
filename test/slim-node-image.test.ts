import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template, Match } from 'aws-cdk-lib/assertions';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { SlimNodeImage } from '../src';
import { layerListing } from './layer-content';
import { dockerfile, imageOf, newImage, newStack, project, temporaryFolder, write } from './project';

const HELLO = "console.log('hello');\n";

describe('the Dockerfile', () => {
  test('has only what the image needs', () => {
    expect(dockerfile(imageOf(HELLO))).toBe(`# Rendered from image-plan.json, which describes this image for other builders.
FROM gcr.io/distroless/nodejs24-debian13:nonroot
ADD app.tar /
ENV NODE_ENV="production"
VOLUME ["/tmp"]
USER 65532
WORKDIR /app
ENTRYPOINT ["/nodejs/bin/node", "--enable-source-maps"]
CMD ["/app/index.cjs"]
`);
  });

  test('renders every option', () => {
    const folder = project({ 'index.mts': HELLO, 'views/home.html': '<p>' });
    const image = newImage({
      entry: path.join(folder, 'index.mts'),
      copyFiles: { '/app/views': path.join(folder, 'views') },
      environment: { GREETING: 'say "$HOME" \\o/' },
      labels: { 'org.opencontainers.image.source': 'https://example.com/?a=$b' },
      nodeOptions: ['--max-old-space-size=512'],
      port: 8080,
    });
    expect(dockerfile(image)).toBe(`# Rendered from image-plan.json, which describes this image for other builders.
FROM gcr.io/distroless/nodejs24-debian13:nonroot
ADD files.tar /
ADD app.tar /
ENV NODE_ENV="production"
ENV PORT="8080"
ENV GREETING="say \\"\\$HOME\\" \\\\o/"
LABEL "org.opencontainers.image.source"="https://example.com/?a=\\$b"
EXPOSE 8080/tcp
VOLUME ["/tmp"]
USER 65532
WORKDIR /app
ENTRYPOINT ["/nodejs/bin/node", "--enable-source-maps", "--max-old-space-size=512"]
CMD ["/app/index.mjs"]
`);
  });

  test('takes environment variables of the user over its own', () => {
    expect(dockerfile(imageOf(HELLO, { port: 80, environment: { NODE_ENV: 'test', PORT: '81' } }))).toContain('ENV NODE_ENV="test"\nENV PORT="81"\n');
  });
});

describe('the build context', () => {
  test('holds a Dockerfile, one layer and the plan', () => {
    expect(fs.readdirSync(imageOf(HELLO).contextDirectory).sort()).toEqual(['Dockerfile', 'app.tar', 'image-plan.json']);
  });

  test('holds one more layer for copied files', () => {
    const folder = project({ 'index.ts': HELLO });
    const image = newImage({ entry: path.join(folder, 'index.ts'), copyFiles: { '/opt/index.ts': path.join(folder, 'index.ts') } });
    expect(fs.readdirSync(image.contextDirectory).sort()).toEqual(['Dockerfile', 'app.tar', 'files.tar', 'image-plan.json']);
  });

  test('describes the image in its plan', () => {
    const { contextDirectory } = imageOf(HELLO);
    expect(JSON.parse(fs.readFileSync(path.join(contextDirectory, 'image-plan.json'), 'utf8'))).toEqual({
      schemaVersion: 1,
      platform: 'linux/amd64',
      base: 'gcr.io/distroless/nodejs24-debian13:nonroot',
      config: {
        Env: ['NODE_ENV=production'],
        Labels: {},
        ExposedPorts: [],
        Volumes: ['/tmp'],
        User: '65532',
        WorkingDir: '/app',
        Entrypoint: ['/nodejs/bin/node', '--enable-source-maps'],
        Cmd: ['/app/index.cjs'],
      },
      layers: [{ file: 'app.tar', diffId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), size: fs.statSync(path.join(contextDirectory, 'app.tar')).size }],
    });
  });

  test('has files that belong to root and have no time', () => {
    expect(layerListing(imageOf(HELLO))).toEqual([
      'drwxr-xr-x 0/0 0 1970-01-01 00:00 app/',
      expect.stringMatching(/^-rw-r--r-- 0\/0 \d+ 1970-01-01 00:00 app\/index\.cjs$/),
      expect.stringMatching(/^-rw-r--r-- 0\/0 \d+ 1970-01-01 00:00 app\/index\.cjs\.map$/),
    ]);
  });

  test('leaves no temporary folder', () => {
    const before = process.env.TMPDIR;
    const folder = process.env.TMPDIR = temporaryFolder();
    try {
      newImage({ entry: path.join(project({ 'index.ts': HELLO }), 'index.ts') });
      expect(fs.readdirSync(folder).filter((name) => !name.includes('-test-') && !name.startsWith('cdk'))).toEqual([]);
    } finally {
      process.env.TMPDIR = before;
    }
  });

  test('stays where it is written when staging is turned off', () => {
    const image = newImage({ entry: path.join(project({ 'index.ts': HELLO }), 'index.ts') }, newStack({ 'aws:cdk:disable-asset-staging': true }));
    expect(fs.existsSync(path.join(image.contextDirectory, 'app.tar'))).toBe(true);
    fs.rmSync(path.dirname(image.contextDirectory), { recursive: true });
  });
});

describe('the construct', () => {
  test('works as the image of any container', () => {
    const image = imageOf(HELLO);
    const stack = Stack.of(image);
    new FargateTaskDefinition(stack, 'Task').addContainer('App', { image: image.containerImage });
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ Image: { 'Fn::Sub': Match.stringLikeRegexp(image.assetHash) } })],
    });
  });

  test('names the image by a reference that ends with the asset hash', () => {
    const image = imageOf(HELLO);
    expect(Stack.of(image).resolve(image.imageUri)).toEqual({ 'Fn::Sub': expect.stringMatching(new RegExp(`:${image.assetHash}$`)) });
  });

  test('names the repository that the image is in', () => {
    const image = imageOf(HELLO);
    expect(Stack.of(image).resolve(image.repository.repositoryName)).toEqual({ 'Fn::Sub': expect.stringContaining('container-assets') });
  });

  test('builds for linux/amd64 unless told otherwise', () => {
    expect(assetSource(imageOf(HELLO)).platform).toBe('linux/amd64');
  });

  test('builds for the platform that is asked for', () => {
    expect(assetSource(imageOf(HELLO, { platform: Platform.LINUX_ARM64 })).platform).toBe('linux/arm64');
  });

  test('takes two images in one stack', () => {
    const folder = project({ 'a.ts': HELLO, 'b.ts': 'console.log(2)' });
    const stack = newStack();
    const hashes = ['a', 'b'].map((name) => new SlimNodeImage(stack, name, { entry: path.join(folder, `${name}.ts`) }).assetHash);
    expect(new Set(hashes).size).toBe(2);
  });

  test('shares one asset between images that are the same', () => {
    const folder = project({ 'a.ts': HELLO });
    const stack = newStack();
    const hashes = ['One', 'Two'].map((id) => new SlimNodeImage(stack, id, { entry: path.join(folder, 'a.ts') }).assetHash);
    expect(new Set(hashes).size).toBe(1);
  });

  test('stages into the assembly of the app for a stack in a stage', () => {
    const app = new App({ outdir: temporaryFolder() });
    const stack = new Stack(new Stage(app, 'Prod'), 'Stack');
    const image = newImage({ entry: path.join(project({ 'index.ts': HELLO }), 'index.ts') }, stack);
    expect(fs.readdirSync(image.contextDirectory)).toContain('Dockerfile');
  });
});

describe('a stack that is not selected', () => {
  const unselected = () => newStack({ 'aws:cdk:bundling-stacks': [] });

  test('is not bundled', () => {
    const entry = path.join(project({ 'index.ts': 'this is no TypeScript' }), 'index.ts');
    expect(fs.readdirSync(newImage({ entry }, unselected()).contextDirectory)).toEqual(['Dockerfile']);
  });

  test('has the same asset, whatever its app is', () => {
    const hashes = [HELLO, 'other'].map((source) => newImage({ entry: path.join(project({ 'index.ts': source }), 'index.ts') }, unselected()).assetHash);
    expect(new Set(hashes).size).toBe(1);
  });
});

describe('the asset hash', () => {
  test('is the same for the same sources in two folders', () => {
    const hashes = [1, 2].map(() => newImage({ entry: path.join(project({ 'package.json': '{}', 'src/index.ts': HELLO }), 'src/index.ts') }).assetHash);
    expect(new Set(hashes).size).toBe(1);
  });

  test.each(['entry', 'copied file'])('changes with a byte of the %s, even when its size and its time stay', (which) => {
    const folder = project({ 'index.ts': "console.log('a');\n", 'data.txt': 'a' });
    const file = path.join(folder, which === 'entry' ? 'index.ts' : 'data.txt');
    const time = new Date(1_700_000_000_000);
    const hash = (letter: string) => {
      write(file, which === 'entry' ? `console.log('${letter}');\n` : letter);
      fs.utimesSync(file, time, time);
      return newImage({ entry: path.join(folder, 'index.ts'), copyFiles: { '/app/data.txt': path.join(folder, 'data.txt') } }).assetHash;
    };
    expect(hash('a')).not.toBe(hash('b'));
  });

  test('changes when a copied file becomes executable', () => {
    const folder = project({ 'index.ts': HELLO, 'tool': '' });
    const hash = (mode: number) => {
      fs.chmodSync(path.join(folder, 'tool'), mode);
      return newImage({ entry: path.join(folder, 'index.ts'), copyFiles: { '/app/tool': path.join(folder, 'tool') } }).assetHash;
    };
    expect(hash(0o644)).not.toBe(hash(0o755));
  });

  test('changes with the platform', () => {
    const entry = path.join(project({ 'index.ts': HELLO }), 'index.ts');
    expect(newImage({ entry }).assetHash).not.toBe(newImage({ entry, platform: Platform.LINUX_ARM64 }).assetHash);
  });

  test('does not change when the entry is synthesized again', () => {
    const entry = path.join(project({ 'index.ts': HELLO }), 'index.ts');
    expect(newImage({ entry }).assetHash).toBe(newImage({ entry }).assetHash);
  });
});

function assetSource(image: SlimNodeImage) {
  const assembly = (image.node.root as App).synth();
  const manifest = JSON.parse(fs.readFileSync(path.join(assembly.directory, 'Stack.assets.json'), 'utf8'));
  return manifest.dockerImages[image.assetHash].source;
}

describe('an image that nothing uses', () => {
  const unused = () => {
    const stack = newStack();
    new SlimNodeImage(stack, 'Backend', { entry: path.join(project({ 'index.ts': HELLO }), 'index.ts') });
    return stack.node.root as App;
  };

  test('is not bundled at once', () => {
    expect(fs.readdirSync(unused().outdir)).toEqual([]);
  });

  test('is published all the same', () => {
    expect(fs.readdirSync(unused().synth().directory)).toContainEqual(expect.stringMatching(/^asset\.[0-9a-f]{64}$/));
  });
});
