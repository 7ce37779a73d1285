import { IResolveContext, Lazy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import type { RolloutOptions } from '../../rollout-options';
import { RolloutStrategy } from '../../rollout-strategy';
import { misuse } from '../misuse';
import { choose } from './choice';
import { checkPercentages, checkSteps } from './limits';
import { BAKE_TIME } from './presets';
import { loadBalancersOf, RolloutTarget } from './target';

export type Deployment = CfnService.DeploymentConfigurationProperty;

/** What CDK puts on a service when nobody says anything. */
const UNTOUCHED = { minimumHealthyPercent: 50, maximumPercent: 200, gracePeriod: 60 };

/** Minutes and percent, where nobody says anything. Source: "CanaryConfiguration", "LinearConfiguration", Amazon ECS API reference. */
const STEPS: { readonly [strategy: string]: { readonly percent: number; readonly minutes: number } } = {
  CANARY: { percent: 5, minutes: 10 },
  LINEAR: { percent: 10, minutes: 6 },
};

/** Computes what a service is to be, and fails where ECS would refuse it. */
export function planDeployment(target: RolloutTarget, preset: RolloutOptions, options: RolloutOptions): Deployment {
  const { service, cfnService } = target;
  const current = readDeployment(cfnService);
  const strategy = choose<string>({ option: options.strategy, current: current.strategy, preset: preset.strategy }) ?? RolloutStrategy.ROLLING;
  const minimumHealthyPercent = choose({
    option: options.minHealthyPercent,
    current: current.minimumHealthyPercent,
    untouched: UNTOUCHED.minimumHealthyPercent,
    preset: preset.minHealthyPercent,
  });
  const maximumPercent = choose({
    option: options.maxHealthyPercent,
    current: current.maximumPercent,
    untouched: UNTOUCHED.maximumPercent,
    preset: preset.maxHealthyPercent,
  });
  const desiredCount = strategy === RolloutStrategy.ROLLING ? Stack.of(service).resolve(cfnService.desiredCount) : undefined;
  checkPercentages(service, minimumHealthyPercent, maximumPercent, desiredCount);
  if (strategy !== RolloutStrategy.ROLLING && maximumPercent !== undefined && !Token.isUnresolved(maximumPercent) && maximumPercent <= 100) {
    throw misuse(service, `a ${strategy} rollout runs both versions side by side, and 'maxHealthyPercent' is ${maximumPercent}; set it above 100, or 'strategy' to ROLLING`);
  }
  return {
    ...current,
    minimumHealthyPercent,
    maximumPercent,
    deploymentCircuitBreaker: circuitBreaker(target, strategy, current, preset, options),
    strategy: strategy === RolloutStrategy.ROLLING && options.strategy === undefined ? current.strategy : strategy,
    ...trafficShift(target, strategy, current, options),
  };
}

export function applyDeployment(target: RolloutTarget, deployment: Deployment, preset: RolloutOptions, options: RolloutOptions): void {
  const { service, cfnService } = target;
  cfnService.deploymentConfiguration = {
    ...deployment,
    alarms: options.alarms === undefined ? deployment.alarms : Lazy.uncachedAny({
      produce: (context: IResolveContext) => withAlarms(context.resolve(deployment.alarms), options.alarms),
    }),
  };
  const gracePeriod = cfnService.healthCheckGracePeriodSeconds;
  const wantedGracePeriod = options.healthCheckGracePeriod ?? preset.healthCheckGracePeriod;
  if (wantedGracePeriod !== undefined) {
    cfnService.healthCheckGracePeriodSeconds = Lazy.uncachedNumber({
      produce: (context: IResolveContext) => loadBalancersOf(cfnService).length === 0 ? context.resolve(gracePeriod) : choose<number>({
        option: options.healthCheckGracePeriod?.toSeconds(),
        current: context.resolve(gracePeriod),
        untouched: UNTOUCHED.gracePeriod,
        preset: preset.healthCheckGracePeriod?.toSeconds(),
      }),
    });
  }
  options.lifecycleHooks?.forEach((hook) => service.addLifecycleHook(hook));
}

/** Without what CDK computes at synthesis, such as the lifecycle hooks: to resolve it would freeze it. */
export function readDeployment(cfnService: CfnService): Deployment {
  const configuration = cfnService.deploymentConfiguration;
  return Tokenization.isResolvable(configuration) ? Stack.of(cfnService).resolve(configuration) : configuration ?? {};
}

/** CDK's own `enableDeploymentAlarms` forgets those of a second call. */
function withAlarms(current: { readonly alarmNames?: string[] } = {}, alarms: RolloutOptions['alarms'] = []) {
  return { enable: true, rollback: true, alarmNames: [...current.alarmNames ?? [], ...alarms.map(({ alarmName }) => alarmName)] };
}

function circuitBreaker(
  { service }: RolloutTarget, strategy: string, current: Deployment, preset: RolloutOptions, { circuitBreaker: option }: RolloutOptions,
): Deployment['deploymentCircuitBreaker'] {
  const shiftsInSteps = strategy in STEPS;
  if (option && shiftsInSteps) {
    throw misuse(service, `ECS has no circuit breaker for ${strategy} rollouts; give 'alarms', or use BLUE_GREEN`);
  }
  if (option !== undefined) {
    return { enable: option, rollback: option };
  }
  return current.deploymentCircuitBreaker ?? (preset.circuitBreaker && !shiftsInSteps ? { enable: true, rollback: true } : undefined);
}

function trafficShift({ service }: RolloutTarget, strategy: string, current: Deployment, options: RolloutOptions): Deployment {
  const steps = STEPS[strategy];
  const { stepPercent, stepBakeTime } = options;
  if (steps === undefined && (stepPercent !== undefined || stepBakeTime !== undefined)) {
    throw misuse(service, `'stepPercent' and 'stepBakeTime' are of CANARY and LINEAR rollouts, and this one is ${strategy}; set 'strategy', or leave them out`);
  }
  if (strategy === RolloutStrategy.ROLLING) {
    const alarms: { readonly alarmNames?: string[] } = Stack.of(service).resolve(current.alarms) ?? {};
    if (options.bakeTime !== undefined && !options.alarms?.length && !alarms.alarmNames?.length) {
      throw misuse(service, "'bakeTime' of a ROLLING rollout is how long alarms are watched, and there are none; give 'alarms', or leave it out");
    }
    return { bakeTimeInMinutes: options.bakeTime?.toMinutes() ?? current.bakeTimeInMinutes };
  }
  const bakeTimeInMinutes = options.bakeTime?.toMinutes() ?? current.bakeTimeInMinutes ?? BAKE_TIME.toMinutes();
  if (steps === undefined) {
    return { bakeTimeInMinutes };
  }
  const { percent, minutes } = currentSteps(current);
  const stepPercents = stepPercent ?? percent ?? steps.percent;
  const stepMinutes = stepBakeTime?.toMinutes() ?? minutes ?? steps.minutes;
  checkSteps(service, strategy, stepPercents, stepMinutes * 60, bakeTimeInMinutes * 60);
  return strategy === RolloutStrategy.CANARY
    ? { bakeTimeInMinutes, canaryConfiguration: { canaryPercent: stepPercents, canaryBakeTimeInMinutes: stepMinutes } }
    : { bakeTimeInMinutes, linearConfiguration: { stepPercent: stepPercents, stepBakeTimeInMinutes: stepMinutes } };
}

function currentSteps({ canaryConfiguration, linearConfiguration }: Deployment): { percent?: number; minutes?: number } {
  if (canaryConfiguration !== undefined && 'canaryPercent' in canaryConfiguration) {
    return { percent: canaryConfiguration.canaryPercent, minutes: canaryConfiguration.canaryBakeTimeInMinutes };
  }
  if (linearConfiguration !== undefined && 'stepPercent' in linearConfiguration) {
    return { percent: linearConfiguration.stepPercent, minutes: linearConfiguration.stepBakeTimeInMinutes };
  }
  return {};
}
