import { IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import { BaseService } from 'aws-cdk-lib/aws-ecs';
import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { choose } from './choice';
import type { RolloutOptions } from '../../rollout-options';

export const DEREGISTRATION_DELAY = 'deregistration_delay.timeout_seconds';

interface Attribute {
  readonly key?: string;
  readonly value?: string;
}

/**
 * Sets the health check and the deregistration delay of a target group.
 *
 * They are computed at synthesis, so that `configureHealthCheck` and `setAttribute` count after the rollout, too.
 */
export function configureTargetGroup(targetGroup: CfnTargetGroup, preset: RolloutOptions, options: RolloutOptions): void {
  const { healthCheckIntervalSeconds, healthCheckTimeoutSeconds, healthyThresholdCount, targetGroupAttributes } = targetGroup;
  const interval = (context: IResolveContext) => choose<number>({
    option: options.healthCheckInterval?.toSeconds(),
    current: context.resolve(healthCheckIntervalSeconds),
    preset: preset.healthCheckInterval?.toSeconds(),
  });

  targetGroup.healthCheckIntervalSeconds = Lazy.uncachedNumber({ produce: interval });
  targetGroup.healthCheckTimeoutSeconds = Lazy.uncachedNumber({
    produce: (context: IResolveContext) => choose<number>({
      option: options.healthCheckTimeout?.toSeconds(),
      current: context.resolve(healthCheckTimeoutSeconds),
      preset: timeoutFor(options.healthCheckInterval ?? preset.healthCheckInterval, interval(context)),
    }),
  });
  targetGroup.healthyThresholdCount = Lazy.uncachedNumber({
    produce: (context: IResolveContext) => choose<number>({
      option: options.healthyThreshold,
      current: context.resolve(healthyThresholdCount),
      preset: preset.healthyThreshold,
    }),
  });
  targetGroup.targetGroupAttributes = Lazy.uncachedAny({
    produce: (context: IResolveContext) => withDelay(context.resolve(targetGroupAttributes) ?? [], preset, options),
  }, { omitEmptyArray: true });
}

/** What is wrong with the result, which only synthesis knows. */
export function targetGroupProblems(service: BaseService, targetGroup: CfnTargetGroup): string[] {
  const { healthCheckIntervalSeconds: interval, healthCheckTimeoutSeconds: timeout } = readTargetGroup(targetGroup);
  return typeof interval !== 'number' || typeof timeout !== 'number' || timeout < interval ? [] : [
    `${service.node.path}: health check timeout of ${targetGroup.node.path} is ${timeout} s and the interval is ${interval} s; ` +
    "the timeout has to be shorter: set 'healthCheckInterval' or 'healthCheckTimeout' of the rollout",
  ];
}

export function readTargetGroup(targetGroup: CfnTargetGroup) {
  const { healthCheckIntervalSeconds, healthCheckTimeoutSeconds, healthyThresholdCount, targetGroupAttributes } = targetGroup;
  const resolved: {
    readonly healthCheckIntervalSeconds?: unknown;
    readonly healthCheckTimeoutSeconds?: unknown;
    readonly healthyThresholdCount?: unknown;
    readonly targetGroupAttributes?: readonly Attribute[];
  } = Stack.of(targetGroup).resolve({ healthCheckIntervalSeconds, healthCheckTimeoutSeconds, healthyThresholdCount, targetGroupAttributes });
  return resolved;
}

/** Elastic Load Balancing takes 5 s, or 10 s for TCP, and refuses a timeout that is not shorter than the interval. */
function timeoutFor(wanted: unknown, interval: number | undefined): number | undefined {
  return wanted === undefined || typeof interval !== 'number' ? undefined : Math.max(2, Math.min(interval - 1, 5));
}

function withDelay(attributes: readonly Attribute[], preset: RolloutOptions, options: RolloutOptions): Attribute[] {
  const delay = choose({
    option: options.deregistrationDelay?.toSeconds().toString(),
    current: attributes.find(({ key }) => key === DEREGISTRATION_DELAY)?.value,
    preset: preset.deregistrationDelay?.toSeconds().toString(),
  });
  const others = attributes.filter(({ key }) => key !== DEREGISTRATION_DELAY);
  return delay === undefined ? others : [...others, { key: DEREGISTRATION_DELAY, value: delay }];
}
