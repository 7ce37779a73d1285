import { Stack, type StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Cluster, CpuArchitecture, FargateService, FargateTaskDefinition, OperatingSystemFamily } from 'aws-cdk-lib/aws-ecs';
import { HealthCheck, SlimNodeImage } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A service on Graviton. Any machine can build it: nothing of the image is run in the build. */
export class Arm64Stack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const image = new SlimNodeImage(this, 'Image', { entry: 'src/main.ts', port: 8080, platform: Platform.LINUX_ARM64 });

    const taskDefinition = new FargateTaskDefinition(this, 'Task', {
      cpu: 256,
      memoryLimitMiB: 512,
      // Fargate takes X86_64 for granted; without this, synth fails and says so.
      runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
    });
    // Without a load balancer, this check is how ECS finds out whether the new tasks work.
    image.addToTaskDefinition(taskDefinition, { healthCheck: HealthCheck.http('/healthz') });

    new FargateService(this, 'Service', {
      cluster: new Cluster(this, 'Cluster', { vpc: new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 }) }),
      taskDefinition,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
  }
}
