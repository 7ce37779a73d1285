import { Duration, Size, Stack, type StackProps } from 'aws-cdk-lib';
import { EcsFargateContainerDefinition, EcsJobDefinition, FargateComputeEnvironment, JobQueue } from 'aws-cdk-lib/aws-batch';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { SlimNodeImage } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A job on AWS Batch with Fargate: submit it to the queue as often as you like. */
export class BatchStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const image = new SlimNodeImage(this, 'Image', { entry: 'src/main.ts', port: 8080 });

    new EcsJobDefinition(this, 'Report', {
      container: new EcsFargateContainerDefinition(this, 'Container', {
        image: image.containerImage,
        command: ['/app/index.mjs', 'report'],
        cpu: 0.25,
        memory: Size.mebibytes(512),
        readonlyRootFilesystem: true,
      }),
      // A job has no health check: this is what ends one that hangs.
      timeout: Duration.minutes(15),
      retryAttempts: 2,
    });

    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    new JobQueue(this, 'Queue', {
      computeEnvironments: [{ order: 1, computeEnvironment: new FargateComputeEnvironment(this, 'Compute', { vpc }) }],
    });
  }
}
