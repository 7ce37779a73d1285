import { App, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { BaseImage, SlimNodeImage } from 'cdk-slim-node-image';

const { BENCH_ENTRY, BENCH_BASE_IMAGE = '', BENCH_PLATFORM = '' } = process.env;

const app = new App();
const stack = new Stack(app, 'Shop');
const task = new FargateTaskDefinition(stack, 'Task', { cpu: 256, memoryLimitMiB: 512 });
if (BENCH_ENTRY === undefined) {
  // What the CDK takes by itself.
  task.addContainer('Backend', { image: ContainerImage.fromRegistry(BENCH_BASE_IMAGE) });
} else {
  new SlimNodeImage(stack, 'Backend', {
    entry: BENCH_ENTRY,
    baseImage: BaseImage.fromRegistry(BENCH_BASE_IMAGE, { nodeMajor: 24 }),
    platform: Platform.custom(BENCH_PLATFORM),
    port: 8080,
  }).addToTaskDefinition(task);
}
app.synth();
