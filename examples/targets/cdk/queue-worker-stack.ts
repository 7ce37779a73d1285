import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { QueueProcessingFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { SlimNodeImage } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A worker on a queue, which is scaled by the number of messages in it. */
export class QueueWorkerStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const image = new SlimNodeImage(this, 'Image', { entry: 'src/main.ts', port: 8080 });

    const queue = new Queue(this, 'Messages', {
      // Longer than the work on one message takes, or a second worker begins with it too.
      visibilityTimeout: Duration.minutes(2),
      deadLetterQueue: { queue: new Queue(this, 'Failed'), maxReceiveCount: 3 },
    });
    const taskDefinition = new FargateTaskDefinition(this, 'Worker', { cpu: 256, memoryLimitMiB: 512 });
    image.addToTaskDefinition(taskDefinition, {
      command: ['/app/index.mjs', 'work'],
      environment: { QUEUE_URL: queue.queueUrl },
      // As long as the message in hand may take, once the container is asked to stop.
      stopTimeout: Duration.minutes(2),
    });

    new QueueProcessingFargateService(this, 'Service', {
      cluster: new Cluster(this, 'Cluster', { vpc: new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 }) }),
      taskDefinition,
      queue,
      minScalingCapacity: 1,
      maxScalingCapacity: 10,
      // A worker that waits for messages uses no CPU, however many there are.
      disableCpuBasedScaling: true,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
  }
}
