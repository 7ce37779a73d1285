import { Stack, type StackProps } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService, ScheduledFargateTask } from 'aws-cdk-lib/aws-ecs-patterns';
import { SlimNodeImage } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** One image in two targets: a service, and a task of every night that is always of the same version. */
export class SharedImageStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const image = new SlimNodeImage(this, 'Image', { entry: 'src/main.ts', port: 8080 });
    const cluster = new Cluster(this, 'Cluster', { vpc: new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 }) });

    const web = new FargateTaskDefinition(this, 'Web', { cpu: 256, memoryLimitMiB: 512 });
    image.addToTaskDefinition(web);
    const service = new ApplicationLoadBalancedFargateService(this, 'Service', {
      cluster,
      taskDefinition: web,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
    service.targetGroup.configureHealthCheck({ path: '/healthz' });

    const report = new FargateTaskDefinition(this, 'Report', { cpu: 256, memoryLimitMiB: 512 });
    image.addToTaskDefinition(report, { command: ['/app/index.mjs', 'report'] });
    new ScheduledFargateTask(this, 'Nightly', {
      cluster,
      scheduledFargateTaskDefinitionOptions: { taskDefinition: report },
      schedule: Schedule.cron({ hour: '3', minute: '0' }),
    });
  }
}
