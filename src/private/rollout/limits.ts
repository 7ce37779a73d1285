import { Duration, Token } from 'aws-cdk-lib';
import { BaseService } from 'aws-cdk-lib/aws-ecs';
import type { RolloutOptions } from '../../rollout-options';
import { RolloutStrategy } from '../../rollout-strategy';
import { misuse } from '../misuse';

const DAY = 24 * 60 * 60;

/**
 * Seconds that Elastic Load Balancing and ECS take.
 *
 * Source: "CreateTargetGroup", "TargetGroupAttribute", Elastic Load Balancing API reference; "ContainerDefinition",
 * "DeploymentConfiguration", Amazon ECS API reference.
 */
const SECONDS: { readonly [option: string]: readonly [number, number] } = {
  healthCheckInterval: [5, 300],
  healthCheckTimeout: [2, 120],
  deregistrationDelay: [0, 3600],
  stopTimeout: [1, 2_147_483_647],
  healthCheckGracePeriod: [0, 2_147_483_647],
  bakeTime: [0, DAY],
  stepBakeTime: [0, DAY],
};
const NUMBERS: { readonly [option: string]: readonly [number, number] } = {
  healthyThreshold: [2, 10],
  minHealthyPercent: [0, 100],
  maxHealthyPercent: [100, 200],
};
const IN_MINUTES = ['bakeTime', 'stepBakeTime'];
const LONGEST_STOP_ON_FARGATE = 120;

/** Fails for values that no service can have. */
export function checkRolloutOptions(service: BaseService, isFargate: boolean, options: RolloutOptions): void {
  const given = new Map(Object.entries(options));
  for (const [name, [least, most]] of Object.entries({ ...SECONDS, ...(isFargate && { stopTimeout: [1, LONGEST_STOP_ON_FARGATE] }) })) {
    const value = given.get(name);
    if (value instanceof Duration && !value.isUnresolved()) {
      checkDuration(service, name, value.toSeconds({ integral: false }), least, most);
    }
  }
  for (const [name, [least, most]] of Object.entries(NUMBERS)) {
    const value = given.get(name);
    if (value !== undefined && !Token.isUnresolved(value) && !(Number.isInteger(value) && value >= least && value <= most)) {
      throw misuse(service, `'${name}' of the rollout is ${value}; expected a whole number from ${least} to ${most}`);
    }
  }
}

function checkDuration(service: BaseService, name: string, seconds: number, least: number, most: number): void {
  const [unit, length] = IN_MINUTES.includes(name) ? ['minutes', 60] : ['seconds', 1];
  if (!Number.isInteger(seconds / length) || seconds < least || seconds > most) {
    throw misuse(service, `'${name}' of the rollout is ${seconds / length} ${unit}; expected whole ${unit} from ${least / length} to ${most / length}`);
  }
}

/** Fails for percentages that ECS refuses, or that let a rollout go nowhere. */
export function checkPercentages(service: BaseService, least: unknown, most: unknown, desiredCount: unknown): void {
  if (typeof least !== 'number' || typeof most !== 'number' || Token.isUnresolved(least) || Token.isUnresolved(most)) {
    return;
  }
  if (least >= most) {
    throw misuse(service, `'minHealthyPercent' is ${least} and 'maxHealthyPercent' is ${most}; ECS could neither stop an old task nor start a new one: ` +
      "expected a 'minHealthyPercent' below 'maxHealthyPercent', such as 100 and 200");
  }
  // ECS rounds against both sides, and then one task with 100 and 150 has nowhere to go.
  if (typeof desiredCount === 'number' && !Token.isUnresolved(desiredCount) && desiredCount > 0) {
    const keeps = Math.ceil(desiredCount * least / 100);
    if (keeps >= Math.floor(desiredCount * most / 100)) {
      throw misuse(service, `with ${desiredCount} desired tasks, a 'minHealthyPercent' of ${least} keeps ${keeps} of them and a 'maxHealthyPercent' of ${most} ` +
        "allows no more, so that ECS can't replace any; set 'maxHealthyPercent' to 200 or 'minHealthyPercent' to 0");
    }
  }
}

/**
 * Fails for steps that ECS or CloudFormation refuses.
 *
 * Source: "CanaryConfiguration", "LinearConfiguration", AWS CloudFormation template reference.
 */
export function checkSteps(service: BaseService, strategy: string, percent: number, stepSeconds: number, bakeSeconds: number): void {
  const least = strategy === RolloutStrategy.LINEAR ? 3 : 0.1;
  const isMultiple = Math.abs(percent * 10 - Math.round(percent * 10)) < 1e-9;
  if (!Token.isUnresolved(percent) && !(isMultiple && percent >= least && percent <= 100)) {
    throw misuse(service, `'stepPercent' of the rollout is ${percent}; ECS takes multiples of 0.1 from ${least} to 100 for ${strategy}`);
  }
  const waits = strategy === RolloutStrategy.LINEAR ? Math.ceil(100 / percent) - 1 : 1;
  const hours = (bakeSeconds + waits * stepSeconds) / 3600;
  if (hours > 33) {
    throw misuse(service, `the rollout takes ${hours.toFixed(1)} hours of bake time and steps; CloudFormation takes up to 33: ` +
      "set a shorter 'bakeTime' or 'stepBakeTime', or a greater 'stepPercent'");
  }
}
