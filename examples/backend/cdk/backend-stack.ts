import { Stack, type StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { FargateTaskDefinition, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type BaseImage, SlimNodeImage } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

export interface BackendStackProps extends StackProps {
  /** @default - the distroless image of the Node.js major in package.json's "engines" */
  readonly baseImage?: BaseImage;
}

export class BackendStack extends Stack {
  constructor(scope: Construct, id: string, props: BackendStackProps = {}) {
    super(scope, id, props);

    const image = new SlimNodeImage(this, 'Backend', {
      entry: 'src/main.ts',
      baseImage: props.baseImage,
      port: 8080,
    });

    const taskDefinition = new FargateTaskDefinition(this, 'Task', { cpu: 256, memoryLimitMiB: 512 });
    image.addToTaskDefinition(taskDefinition, {
      logging: LogDrivers.awsLogs({
        streamPrefix: 'backend',
        logGroup: new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH }),
      }),
    });

    const service = new ApplicationLoadBalancedFargateService(this, 'Service', {
      taskDefinition,
      vpc: new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 }),
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
    service.targetGroup.configureHealthCheck({ path: '/healthz' });
  }
}
