import { Stack, type StackProps } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ScheduledFargateTask } from 'aws-cdk-lib/aws-ecs-patterns';
import { SlimNodeImage } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A task that runs every night. */
export class ScheduledTaskStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const image = new SlimNodeImage(this, 'Image', { entry: 'src/main.ts', port: 8080 });

    const taskDefinition = new FargateTaskDefinition(this, 'Report', { cpu: 256, memoryLimitMiB: 512 });
    image.addToTaskDefinition(taskDefinition, { command: ['/app/index.mjs', 'report'] });

    new ScheduledFargateTask(this, 'Nightly', {
      cluster: new Cluster(this, 'Cluster', { vpc: new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 }) }),
      scheduledFargateTaskDefinitionOptions: { taskDefinition },
      schedule: Schedule.cron({ hour: '3', minute: '0' }),
    });
  }
}
