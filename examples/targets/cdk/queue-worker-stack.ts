import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Capacity, Rollout, SlimNodeService } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A worker that runs while there are messages, for less: what AWS takes back, another task begins anew. */
export class QueueWorkerStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const queue = new Queue(this, 'Messages', {
      // Longer than the work on one message takes, or a second worker begins with it too.
      visibilityTimeout: Duration.minutes(2),
      deadLetterQueue: { queue: new Queue(this, 'Failed'), maxReceiveCount: 3 },
    });

    new SlimNodeService(this, 'Worker', {
      imageProps: { entry: 'src/main.ts', port: 8080 },
      container: { command: ['/app/index.mjs', 'work'] },
      queue,
      minCapacity: 0,
      maxCapacity: 10,
      capacity: Capacity.fargateSpot(),
      // As long as the message in hand may take, once the container is asked to stop.
      rollout: Rollout.fast({ stopTimeout: Duration.minutes(2) }),
    });
  }
}
