import { App, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { APP_DEFINITION, AppDefinition } from './app-definition';
import { BaseImage, Bundler, SlimNodeImage } from '../../lib';

// The CDK CLI runs this file. Tests say what the app consists of, as each needs another one.
const definition: AppDefinition = JSON.parse(process.env[APP_DEFINITION] ?? '{}');

const app = new App();
for (const [stackId, images] of Object.entries(definition)) {
  const stack = new Stack(app, stackId);
  for (const [id, { baseImage, platform, esbuild, ...props }] of Object.entries(images)) {
    new SlimNodeImage(stack, id, {
      ...props,
      baseImage: baseImage && BaseImage.fromRegistry(baseImage.reference, baseImage),
      platform: platform === undefined ? undefined : Platform.custom(platform),
      bundler: esbuild && Bundler.esbuild(esbuild),
    });
  }
}
