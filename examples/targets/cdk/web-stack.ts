import { Stack, type StackProps } from 'aws-cdk-lib';
import { SlimNodeService } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A service behind a load balancer, with a network of its own, that scales between two and ten tasks. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new SlimNodeService(this, 'Backend', {
      imageProps: { entry: 'src/main.ts', port: 8080 },
      publicLoadBalancer: true,
      healthCheckPath: '/healthz',
      // Two, so that an Availability Zone may fail.
      minCapacity: 2,
      maxCapacity: 10,
    });
  }
}
