import { Stack, TimeZone, type StackProps } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SlimNodeImage, SlimNodeService } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** One image in two targets: a service, and a task of every night that is always of the same version. */
export class SharedImageStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const image = new SlimNodeImage(this, 'Image', { entry: 'src/main.ts', port: 8080 });

    const { cluster } = new SlimNodeService(this, 'Web', { image, publicLoadBalancer: true, healthCheckPath: '/healthz' });
    new SlimNodeService(this, 'Report', {
      image,
      cluster,
      container: { command: ['/app/index.mjs', 'report'] },
      schedule: ScheduleExpression.cron({ hour: '3', minute: '0', timeZone: TimeZone.ETC_UTC }),
    });
  }
}
