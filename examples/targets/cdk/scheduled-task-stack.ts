import { Stack, TimeZone, type StackProps } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SlimNodeService } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A task that runs every night, and ends. */
export class ScheduledTaskStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    new SlimNodeService(this, 'Report', {
      imageProps: { entry: 'src/main.ts', port: 8080 },
      container: { command: ['/app/index.mjs', 'report'] },
      schedule: ScheduleExpression.cron({ hour: '3', minute: '0', timeZone: TimeZone.ETC_UTC }),
    });
  }
}
