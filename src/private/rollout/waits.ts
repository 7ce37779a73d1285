import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { readContainers, STOP_TIMEOUT } from './containers';
import { Deployment, readDeployment } from './deployment';
import { isNetwork, RolloutTarget, targetGroupsOf } from './target';
import { DEREGISTRATION_DELAY, readTargetGroup } from './target-group';
import type { RolloutStep } from '../../rollout-estimate';
import type { RolloutOptions } from '../../rollout-options';
import { RolloutStrategy } from '../../rollout-strategy';

/** What a rollout waits for, read from the resources when it is called. */
export type RolloutWaits = () => RolloutStep[];

type Container = CfnTaskDefinition.ContainerDefinitionProperty;

/** Seconds, and numbers of checks, where nobody says anything. */
const DEFAULTS = { interval: 30, healthyThreshold: 5, deregistrationDelay: 300, noHealthCheck: 40 };

/** A Network Load Balancer takes that long to follow each change. */
const NETWORK_SHIFT = 600;

export function rolloutWaits(target: RolloutTarget, preset: RolloutOptions, options: RolloutOptions): RolloutWaits {
  return () => {
    const deployment = readDeployment(target.cfnService);
    const containers = readContainers(target.service.taskDefinition, preset, options);
    const isRolling = (deployment.strategy ?? RolloutStrategy.ROLLING) === RolloutStrategy.ROLLING;
    const starting = [healthCheck(target, containers), ...trafficShift(target, deployment)];
    const stopping = [...deregistration(target), stop(containers)];
    const stopsFirst = isRolling && (deployment.maximumPercent ?? 200) <= 100;
    return (stopsFirst ? [...stopping, ...starting] : [...starting, ...stopping])
      .map((step) => isRolling && step.name !== 'bake time' ? { ...step, seconds: step.seconds * waves(deployment) } : step);
  };
}

/** How many times a rolling rollout starts and stops tasks, as not all may be replaced at once. */
function waves({ minimumHealthyPercent = 100, maximumPercent = 200 }: Deployment): number {
  const waveCount = Math.ceil(100 / (maximumPercent - minimumHealthyPercent));
  return Number.isFinite(waveCount) ? Math.max(1, waveCount) : 1;
}

function healthCheck(target: RolloutTarget, containers: readonly Container[]): RolloutStep {
  const checks = [...containers.flatMap(({ essential = true, healthCheck: check }) => essential === true && check !== undefined && 'command' in check ? [{
    name: 'container health check',
    seconds: check.interval ?? DEFAULTS.interval,
    defaultSeconds: DEFAULTS.interval,
    source: 'interval until the first check; "HealthCheck", Amazon ECS API reference',
  }] : []), ...targetGroupsOf(target).map((targetGroup) => {
    const { healthCheckIntervalSeconds, healthyThresholdCount } = readTargetGroup(targetGroup);
    return {
      name: 'load balancer health check',
      seconds: numberOr(healthCheckIntervalSeconds, DEFAULTS.interval) * numberOr(healthyThresholdCount, DEFAULTS.healthyThreshold),
      defaultSeconds: DEFAULTS.interval * DEFAULTS.healthyThreshold,
      source: 'interval × healthy threshold; "Optimize load balancer health check parameters for Amazon ECS", Amazon ECS Developer Guide',
    };
  })];
  return longest(checks) ?? {
    name: 'no health check',
    seconds: DEFAULTS.noHealthCheck,
    defaultSeconds: DEFAULTS.noHealthCheck,
    source: 'minimumHealthyPercent; "DeploymentConfiguration", Amazon ECS API reference',
  };
}

function trafficShift(target: RolloutTarget, deployment: Deployment): RolloutStep[] {
  const { strategy = RolloutStrategy.ROLLING, bakeTimeInMinutes = 0, canaryConfiguration, linearConfiguration } = deployment;
  const shifts = shiftsOf(deployment);
  const steps: RolloutStep[] = [];
  if (strategy !== RolloutStrategy.ROLLING && targetGroupsOf(target).some(isNetwork)) {
    steps.push(added('network load balancer shift', shifts * NETWORK_SHIFT,
      '10 minutes a step; "Network Load Balancer resources for Amazon ECS blue/green deployments", Amazon ECS Developer Guide'));
  }
  if (strategy === RolloutStrategy.CANARY && canaryConfiguration !== undefined && 'canaryBakeTimeInMinutes' in canaryConfiguration) {
    steps.push(added('canary', (canaryConfiguration.canaryBakeTimeInMinutes ?? 0) * 60, 'stepBakeTime; "CanaryConfiguration", Amazon ECS API reference'));
  }
  if (strategy === RolloutStrategy.LINEAR && linearConfiguration !== undefined && 'stepBakeTimeInMinutes' in linearConfiguration) {
    const seconds = (linearConfiguration.stepBakeTimeInMinutes ?? 0) * 60 * (shifts - 1);
    steps.push(added('linear steps', seconds, 'stepBakeTime × steps but the last; "LinearConfiguration", Amazon ECS API reference'));
  }
  if (bakeTimeInMinutes > 0) {
    steps.push(added('bake time', bakeTimeInMinutes * 60, 'bakeTime; "DeploymentConfiguration", Amazon ECS API reference'));
  }
  return steps;
}

function shiftsOf({ strategy, linearConfiguration }: Deployment): number {
  if (strategy === RolloutStrategy.LINEAR && linearConfiguration !== undefined && 'stepPercent' in linearConfiguration) {
    return Math.ceil(100 / (linearConfiguration.stepPercent ?? 10));
  }
  return strategy === RolloutStrategy.CANARY ? 2 : 1;
}

function deregistration(target: RolloutTarget): RolloutStep[] {
  const delays = targetGroupsOf(target).map((targetGroup) => {
    const value = readTargetGroup(targetGroup).targetGroupAttributes?.find(({ key }) => key === DEREGISTRATION_DELAY)?.value;
    return {
      name: 'deregistration delay',
      seconds: numberOr(Number(value), DEFAULTS.deregistrationDelay),
      defaultSeconds: DEFAULTS.deregistrationDelay,
      source: `${DEREGISTRATION_DELAY}; "Optimize load balancer connection draining parameters for Amazon ECS", Amazon ECS Developer Guide`,
    };
  });
  const step = longest(delays);
  return step === undefined ? [] : [step];
}

function stop(containers: readonly Container[]): RolloutStep {
  const timeouts = containers.map(({ stopTimeout }) => numberOr(stopTimeout, STOP_TIMEOUT));
  return {
    name: 'stop timeout',
    seconds: timeouts.length === 0 ? STOP_TIMEOUT : Math.max(...timeouts),
    defaultSeconds: STOP_TIMEOUT,
    source: 'stopTimeout, for an app that ignores SIGTERM; "ContainerDefinition", Amazon ECS API reference',
  };
}

function added(name: string, seconds: number, source: string): RolloutStep {
  return { name, seconds, defaultSeconds: 0, source };
}

function longest(steps: readonly RolloutStep[]): RolloutStep | undefined {
  return steps.reduce<RolloutStep | undefined>((most, step) => most === undefined || step.seconds > most.seconds ? step : most, undefined);
}

/** A token, whose value only CloudFormation knows, counts as the default. */
function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}
