import * as path from 'node:path';
import { Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { BaseImage, RegistryBaseImageOptions, SlimNodeImage } from '../src';
import { fileInLayer } from './layer-content';
import { dockerfile, imageOf, newImage, project } from './project';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

function from(image: SlimNodeImage): string {
  return /^FROM (.*)$/m.exec(dockerfile(image))?.[1] ?? '';
}

function registry(reference: string, options: Partial<RegistryBaseImageOptions> = {}) {
  return () => imageOf('', { baseImage: BaseImage.fromRegistry(reference, { nodeMajor: 24, ...options }) });
}

function withEngines(node: string) {
  const folder = project({ 'package.json': JSON.stringify({ engines: { node } }), 'index.ts': '' });
  return newImage({ entry: path.join(folder, 'index.ts') });
}

describe('distroless', () => {
  test.each([22, 24, 26])('takes Node.js %d', (major) => {
    expect(from(imageOf('', { baseImage: BaseImage.distroless(major) }))).toBe(`gcr.io/distroless/nodejs${major}-debian13:nonroot`);
  });

  test('has a variant with a shell', () => {
    expect(from(imageOf('', { baseImage: BaseImage.distroless(24, { debug: true }) }))).toBe('gcr.io/distroless/nodejs24-debian13:debug-nonroot');
  });

  test('is pinned by a digest', () => {
    expect(from(imageOf('', { baseImage: BaseImage.distroless(24, { digest: DIGEST }) }))).toBe(`gcr.io/distroless/nodejs24-debian13:nonroot@${DIGEST}`);
  });

  test.each([20, 23, 24.5, NaN])('refuses Node.js %d and says which there are', (major) => {
    expect(() => imageOf('', { baseImage: BaseImage.distroless(major) })).toThrow(
      `Stack/Backend: distroless does not publish Node.js ${major}; use one of 22, 24, 26, or another base image with BaseImage.fromRegistry()`);
  });

  test.each(['sha256:abc', 'latest', DIGEST.toUpperCase(), DIGEST.slice(7)])('refuses the digest %s', (digest) => {
    expect(() => imageOf('', { baseImage: BaseImage.distroless(24, { digest }) })).toThrow(
      `Stack/Backend: base image digest "${digest}" is malformed; expected 'sha256:' and 64 hexadecimal digits in lower case`);
  });

  test('refuses a platform that it is not published for', () => {
    expect(() => imageOf('', { platform: Platform.custom('linux/arm/v7') })).toThrow(
      "Stack/Backend: 'platform' is linux/arm/v7, but base image gcr.io/distroless/nodejs24-debian13:nonroot is published for linux/amd64, linux/arm64, linux/s390x, linux/ppc64le");
  });
});

describe('fromRegistry', () => {
  test.each([
    'node', 'node:24-alpine', 'cgr.dev/chainguard/node:latest', 'localhost:5000/a/b_c--d.e:v1', `public.ecr.aws/x/y@${DIGEST}`,
    `111122223333.dkr.ecr.eu-west-1.amazonaws.com/base:1@${DIGEST}`,
  ])('takes %s', (reference) => {
    expect(from(registry(reference)())).toBe(reference);
  });

  test.each(['', ' node', 'Node', 'node:', 'node:a b', 'https://cgr.dev/node', 'node@sha256:12', 'a//b', 'node:$TAG', 'node\nRUN id', '-node'])('refuses %j', (reference) => {
    expect(registry(reference)).toThrow(`Stack/Backend: base image reference ${JSON.stringify(reference)} is malformed; expected 'registry/repository:tag@sha256:digest'`);
  });

  test('refuses a reference that is not known at synth', () => {
    expect(registry(Token.asString({ Ref: 'Repository' }))).toThrow('Stack/Backend: base image reference is a token');
  });

  test('runs Node.js from where it is, as the user that is given', () => {
    expect(dockerfile(registry('node:24-alpine', { nodePath: '/usr/local/bin/node', user: 'node:node' })())).toContain(
      'USER node:node\nWORKDIR /app\nENTRYPOINT ["/usr/local/bin/node", "--enable-source-maps"]\n');
  });

  test('checks the platforms that are given', () => {
    expect(registry('node', { platforms: ['linux/arm64'] })).toThrow("'platform' is linux/amd64, but base image node is published for linux/arm64");
  });

  test('takes any platform of Linux otherwise', () => {
    expect(() => imageOf('', { baseImage: BaseImage.fromRegistry('node', { nodeMajor: 24 }), platform: Platform.custom('linux/riscv64') })).not.toThrow();
  });

  test('refuses a platform other than Linux', () => {
    expect(() => imageOf('', { platform: Platform.custom('windows/amd64') })).toThrow("'platform' is windows/amd64; expected one of Linux");
  });

  test.each([0, 16, 24.1, NaN])('refuses nodeMajor %d', (nodeMajor) => {
    expect(registry('node', { nodeMajor })).toThrow(`Stack/Backend: 'nodeMajor' of base image node is ${nodeMajor}; expected the major version`);
  });

  test.each(['node', '/', '/nodejs/bin/', '/a b'])('refuses nodePath %j', (nodePath) => {
    expect(registry('node', { nodePath })).toThrow(`Stack/Backend: 'nodePath' of base image node is ${JSON.stringify(nodePath)}`);
  });

  test.each(['', '$USER', 'a b', '1:', 'root\nRUN id'])('refuses user %j', (user) => {
    expect(registry('node', { user })).toThrow(`Stack/Backend: 'user' of base image node is ${JSON.stringify(user)}`);
  });
});

describe('the default', () => {
  test.each([
    ['>=20', 24], ['^22.1.0', 22], ['22', 22], ['>=25', 26], ['18 || 20 || 22', 22], ['24.x', 24], ['*', 24], ['<26', 24], ['^26', 26],
  ])('for engines.node %s is Node.js %d', (range, major) => {
    expect(from(withEngines(range))).toBe(`gcr.io/distroless/nodejs${major}-debian13:nonroot`);
  });

  test('is an error where distroless has no such Node.js', () => {
    expect(() => withEngines('^20')).toThrow(
      /^Stack\/Backend: engines\.node in .*package\.json is "\^20", but distroless publishes Node\.js 22, 24, 26; widen that range, or set 'baseImage'$/);
  });

  test('is Node.js 24, with a warning, where engines.node is not a range', () => {
    const image = withEngines('lts');
    Annotations.fromStack(Stack.of(image)).hasWarning('/Stack/Backend', Match.stringLikeRegexp('engines.node in .* is "lts", which is not a version range: using Node.js 24'));
  });

  test('compiles for the Node.js of the base image', () => {
    const source = 'using resource = null;\nconsole.log(resource);';
    const bundle = (major: number) => fileInLayer(imageOf(source, { baseImage: BaseImage.distroless(major) }), 'app/index.cjs');
    expect([bundle(22), bundle(26)].map((code) => code.includes('using resource'))).toEqual([false, true]);
  });
});
