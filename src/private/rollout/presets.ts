import { Duration } from 'aws-cdk-lib';
import { VersionConsistency } from 'aws-cdk-lib/aws-ecs';
import type { RolloutOptions } from '../../rollout-options';
import { RolloutStrategy } from '../../rollout-strategy';

export const FAST: RolloutOptions = {
  healthCheckInterval: Duration.seconds(5),
  healthyThreshold: 2,
  deregistrationDelay: Duration.seconds(5),
  stopTimeout: Duration.seconds(5),
  healthCheckGracePeriod: Duration.seconds(30),
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  circuitBreaker: true,
  availabilityZoneRebalancing: true,
  // For images whose tag is a hash: ECS need not start one task ahead of the others to learn what the tag means. CDK means to say so
  // for assets, but 2.276 forgets it.
  versionConsistency: VersionConsistency.DISABLED,
};

/** The delay is as short as in `FAST`: the old tasks get no requests in the whole bake time, which is before it. */
export const SAFE: RolloutOptions = {
  ...FAST,
  stopTimeout: Duration.seconds(30),
  healthCheckGracePeriod: Duration.seconds(60),
  versionConsistency: VersionConsistency.ENABLED,
  strategy: RolloutStrategy.BLUE_GREEN,
};

export const STOP_FIRST: RolloutOptions = {
  ...FAST,
  minHealthyPercent: 0,
  maxHealthyPercent: 100,
  availabilityZoneRebalancing: false,
};

/** Of a strategy with two versions side by side. ECS itself would take 36 hours. */
export const BAKE_TIME = Duration.minutes(5);
