import { Duration, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { HealthCheckOptions } from '../../health-check';
import { misuse } from '../misuse';

/**
 * Seconds that ECS takes for each value.
 *
 * Source: "HealthCheck", Amazon ECS API reference.
 */
const RANGES = { interval: [5, 300], timeout: [2, 60], startPeriod: [0, 300] } as const;

/** The timing of a health check, with our defaults. */
export function checkTiming(scope: Construct, options: HealthCheckOptions) {
  const { interval = Duration.seconds(5), timeout = Duration.seconds(3), startPeriod = Duration.seconds(30), retries = 3 } = options;
  for (const [name, value] of Object.entries({ interval, timeout, startPeriod })) {
    const [least, most] = RANGES[name as keyof typeof RANGES];
    const seconds = value.isUnresolved() ? least : value.toSeconds({ integral: false });
    if (!Number.isInteger(seconds) || seconds < least || seconds > most) {
      throw misuse(scope, `'${name}' of the health check is ${seconds} s; ECS takes whole seconds from ${least} to ${most}`);
    }
  }
  if (!Token.isUnresolved(retries) && (!Number.isInteger(retries) || retries < 1 || retries > 10)) {
    throw misuse(scope, `'retries' of the health check is ${retries}; ECS takes a whole number from 1 to 10`);
  }
  return { interval, timeout, startPeriod, retries };
}
