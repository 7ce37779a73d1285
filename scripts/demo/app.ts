import { App } from 'aws-cdk-lib';
import { BaseImage } from '../../lib';

/** The CDK app of examples/backend, on the base image that the demo has chosen; on its own default where that is none. */
async function main(): Promise<void> {
  const { SLIM_NODE_BASE_IMAGE: reference, SLIM_NODE_BASE_NODE_PATH: nodePath } = process.env;
  // The example is an ES module, which a CommonJS one can't import in any other way.
  const { BackendStack } = await import('../../examples/backend/cdk/backend-stack.js');
  new BackendStack(new App(), 'Backend', {
    baseImage: reference ? BaseImage.fromRegistry(reference, { nodeMajor: 24, nodePath: nodePath || undefined }) : undefined,
  });
}

void main();
