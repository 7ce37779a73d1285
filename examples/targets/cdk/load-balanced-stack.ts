import { Stack, type StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { Rollout, SlimNodeImage } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** An existing service of ecs-patterns: two lines make its image slim and its rollouts fast. */
export class LoadBalancedStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const image = new SlimNodeImage(this, 'Image', { entry: 'src/main.ts', port: 8080 });

    const service = new ApplicationLoadBalancedFargateService(this, 'Service', {
      vpc: new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 }),
      taskImageOptions: { image: image.containerImage, containerPort: 8080 },
      cpu: 256,
      memoryLimitMiB: 512,
    });
    service.targetGroup.configureHealthCheck({ path: '/healthz' });

    Rollout.fast().applyTo(service);
  }
}
