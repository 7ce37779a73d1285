import { Duration } from 'aws-cdk-lib';
import { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { IAlternateTarget, IDeploymentLifecycleHookTarget, VersionConsistency } from 'aws-cdk-lib/aws-ecs';
import { RolloutStrategy } from './rollout-strategy';

/**
 * How a new version of a service replaces the old one.
 *
 * What is given here wins over everything. What is not given is what the service, the target group or the container says,
 * where that differs from the default of ECS, Elastic Load Balancing and CDK, else the value of the preset.
 */
export interface RolloutOptions {
  /**
   * Time between two health checks of a load balancer, 5 to 300 s.
   *
   * Source: "Optimize load balancer health check parameters for Amazon ECS", Amazon ECS Developer Guide.
   *
   * @default - Duration.seconds(5); in a custom rollout, what is configured, which is 30 s if nothing is
   */
  readonly healthCheckInterval?: Duration;

  /**
   * Time after which a health check of a load balancer has failed, 2 to 120 s and shorter than the interval.
   *
   * @default - 5 s, or 1 s less than a health check interval of up to 5 s; in a custom rollout without an interval, what is configured
   */
  readonly healthCheckTimeout?: Duration;

  /**
   * How many health checks of a load balancer in a row have to succeed before an unhealthy task is healthy, 2 to 10.
   *
   * Source: "Optimize load balancer health check parameters for Amazon ECS", Amazon ECS Developer Guide.
   *
   * @default - 2; in a custom rollout, what is configured, which is 5 if nothing is
   */
  readonly healthyThreshold?: number;

  /**
   * How long the load balancer lets requests to a task that is stopping finish, 0 to 3600 s.
   *
   * 5 s are for requests that are answered within a second, not for uploads or streams.
   *
   * Source: "Optimize load balancer connection draining parameters for Amazon ECS", Amazon ECS Developer Guide.
   *
   * @default - Duration.seconds(5); in a custom rollout, what is configured, which is 300 s if nothing is
   */
  readonly deregistrationDelay?: Duration;

  /**
   * Time between SIGTERM and SIGKILL for every container of the task, from 1 s, at most 120 s on Fargate.
   *
   * Source: "ContainerDefinition", Amazon ECS API reference.
   *
   * @default - 5 s in fast and stopFirst, 30 s in safe; in a custom rollout, what is configured, which is 30 s if nothing is
   */
  readonly stopTimeout?: Duration;

  /**
   * How long ECS ignores failed health checks of a task that has just started, 0 s or more. It is not a time that a rollout waits for.
   * It has no effect on a service without a load balancer.
   *
   * @default - 30 s in fast and stopFirst, 60 s in safe; in a custom rollout, what is configured, which is 60 s if nothing is
   */
  readonly healthCheckGracePeriod?: Duration;

  /**
   * Share of the desired tasks that keeps running in a rollout, in percent, 0 to 100.
   *
   * @default - 100 in fast and safe, 0 in stopFirst; in a custom rollout, what is configured, which is 50 if nothing is
   */
  readonly minHealthyPercent?: number;

  /**
   * Share of the desired tasks that may run in a rollout, in percent, 100 to 200 and above `minHealthyPercent`.
   *
   * @default - 200 in fast and safe, 100 in stopFirst; in a custom rollout, what is configured, which is 200 if nothing is
   */
  readonly maxHealthyPercent?: number;

  /**
   * Give a rollout up when its tasks don't start or don't become healthy, and go back to the last version that did.
   *
   * ECS has it for rolling and for blue/green rollouts.
   *
   * Source: "Amazon ECS deployment failure detection", Amazon ECS Developer Guide.
   *
   * @default - true; in a custom rollout, what is configured, which is false if nothing is
   */
  readonly circuitBreaker?: boolean;

  /**
   * Let ECS move tasks to other Availability Zones when they are spread unevenly.
   *
   * Source: "Balancing an Amazon ECS service across Availability Zones", Amazon ECS Developer Guide.
   *
   * @default - true in fast and safe for tasks on Fargate, false in stopFirst; else what is configured
   */
  readonly availabilityZoneRebalancing?: boolean;

  /**
   * Whether all tasks of one version get the image that its tag meant when the first of them started.
   *
   * Source: "Container image resolution", Amazon ECS Developer Guide.
   *
   * @default - ENABLED in safe; DISABLED in fast and stopFirst for assets, whose tags never move; else what is configured, which is ENABLED if
   * nothing is
   */
  readonly versionConsistency?: VersionConsistency;

  /**
   * How requests move from the old version to the new one.
   *
   * All but ROLLING run both versions side by side. CANARY and LINEAR need a load balancer or Service Connect.
   *
   * @default - BLUE_GREEN in safe; else what the service says, which is ROLLING if it says nothing
   */
  readonly strategy?: RolloutStrategy;

  /**
   * How long the old version keeps running after all requests have moved to the new one, so that going back takes no start of
   * tasks; whole minutes up to 24 hours.
   *
   * @default - Duration.minutes(5) for all strategies but ROLLING, which has none
   */
  readonly bakeTime?: Duration;

  /**
   * Share of the requests that moves in one step, in percent: 0.1 to 100 for CANARY, 3 to 100 for LINEAR, and multiples of 0.1.
   *
   * @default - 5 for CANARY, 10 for LINEAR
   */
  readonly stepPercent?: number;

  /**
   * Time between two steps, whole minutes up to 24 hours.
   *
   * @default - 10 minutes for CANARY, 6 minutes for LINEAR
   */
  readonly stepBakeTime?: Duration;

  /**
   * Alarms that make ECS go back to the last version when one of them goes off in a rollout, beside those of the service.
   *
   * The service depends on them. An alarm on a metric of the service itself has to come from `Alarm.fromAlarmName`.
   *
   * @default - none
   */
  readonly alarms?: IAlarm[];

  /**
   * Functions that ECS asks at stages of a rollout whether it may go on.
   *
   * @default - none
   */
  readonly lifecycleHooks?: IDeploymentLifecycleHookTarget[];

  /**
   * Where requests move to and what moves them: the second target group, the listener rule that serves production, and the role that
   * ECS changes it with. `new ecs.AlternateTarget(…)` makes one, for a service with one target group.
   *
   * @default - found and made: the rule that forwards to the target group, or a new one in its listener; a target group like the first; a role
   */
  readonly alternateTarget?: IAlternateTarget;
}
