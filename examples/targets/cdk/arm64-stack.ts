import { Stack, type StackProps } from 'aws-cdk-lib';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Rollout, SlimNodeService } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A service on Graviton, rolled out blue/green. Any machine can build it: nothing of the image is run in the build. */
export class Arm64Stack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new SlimNodeService(this, 'Backend', {
      imageProps: { entry: 'src/main.ts', port: 8080 },
      // The image is built for it, too.
      cpuArchitecture: CpuArchitecture.ARM64,
      publicLoadBalancer: true,
      healthCheckPath: '/healthz',
      rollout: Rollout.safe(),
    });
  }
}
