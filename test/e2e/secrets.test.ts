import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { distroless } from './base-images';
import { DOCKER, buildImage } from './docker';
import { output, runCommand } from './run-command';
import { runContainer } from './run-container';
import { runSynth, synthesizedImages } from './synth';
import { folderWith, temporaryFolder } from './temporary-folder';

const SECRET = `planted-${randomBytes(12).toString('hex')}`;

const SERVER = `
  import { createServer } from 'node:http';
  const authorized = (given?: string) => given === process.env.DATABASE_PASSWORD;
  createServer((request, response) => response.end(String(authorized(request.headers.authorization)))).listen(process.env.PORT);`;

/** A CDK app with a service. The secret is where secrets lie about: in the environment, in .env, in .npmrc. */
async function project(more = ''): Promise<string> {
  return folderWith({
    'package.json': '{}',
    '.env': `DATABASE_PASSWORD=${SECRET}\n`,
    '.npmrc': `//registry.example.com/:_authToken=${SECRET}\n`,
    'src/index.ts': SERVER,
    'src/.env': `DATABASE_PASSWORD=${SECRET}\n`,
    'app.cjs': `
      const { App, Stack } = require(${JSON.stringify(require.resolve('aws-cdk-lib'))});
      const { Secret } = require(${JSON.stringify(require.resolve('aws-cdk-lib/aws-ecs'))});
      const secretsmanager = require(${JSON.stringify(require.resolve('aws-cdk-lib/aws-secretsmanager'))});
      const { BaseImage, SlimNodeService } = require(${JSON.stringify(path.resolve('lib'))});
      const base = ${JSON.stringify(await distroless())};
      const stack = new Stack(new App(), 'Stack');
      new SlimNodeService(stack, 'Backend', {
        imageProps: { entry: ${JSON.stringify('src/index.ts')}, port: 8080, baseImage: BaseImage.fromRegistry(base.reference, base), ${more} },
        container: { secrets: { DATABASE_PASSWORD: Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Password', 'database')) } },
      });`,
  });
}

interface Published {
  readonly cdkOut: string;
  readonly logs: string;
  readonly image: string;
  /** A tar of the image with its configuration and layers, uncompressed. */
  readonly saved: string;
}

async function publish(folder: string): Promise<Published> {
  const { code, output: logs, cdkOut } = await runSynth({}, {
    app: `cd ${folder} && ${process.execPath} app.cjs`,
    args: ['--verbose'],
    environment: { DATABASE_PASSWORD: SECRET, NPM_TOKEN: SECRET },
  });
  expect([code, code === 0 ? '' : logs]).toEqual([0, '']);
  const [synthesized] = Object.values(synthesizedImages(cdkOut));
  const image = await buildImage(synthesized);
  const saved = path.join(temporaryFolder(), 'image.tar');
  await output(DOCKER, ['save', '--output', saved, image]);
  return { cdkOut, logs, image, saved };
}

/** The files with the secret in them. */
async function filesWithSecret(place: string): Promise<string[]> {
  const { stdout } = await runCommand('grep', ['--recursive', '--files-with-matches', '--text', '--fixed-strings', SECRET, place]);
  return stdout.split('\n').filter(Boolean);
}

describe('a secret of the machine that synthesizes', () => {
  let published: Published;

  beforeAll(async () => {
    published = await publish(await project());
  });

  test('is in no template and no build context', async () => expect(await filesWithSecret(published.cdkOut)).toEqual([]));
  test('is in no image', async () => expect(await filesWithSecret(published.saved)).toEqual([]));
  test('is in no output of the CLI, verbose as it may be', () => expect(published.logs).not.toContain(SECRET));

  test('is in no log of a container that is given it', async () => {
    const container = await runContainer(published.image, { args: ['--read-only', '--env', `DATABASE_PASSWORD=${SECRET}`] });
    expect([(await container.request('/')).body, await container.logs()]).toEqual(['false', '']);
  });
});

describe('a secret that is put into the image', () => {
  let published: Published;

  beforeAll(async () => {
    published = await publish(await project('environment: { DATABASE_PASSWORD: process.env.DATABASE_PASSWORD }'));
  });

  test('is found in the build context', async () => expect(await filesWithSecret(published.cdkOut)).not.toEqual([]));
  test('is found in the image', async () => expect(await filesWithSecret(published.saved)).not.toEqual([]));
});
