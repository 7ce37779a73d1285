import { Stack } from 'aws-cdk-lib';
import { AvailabilityZoneRebalancing, CfnService } from 'aws-cdk-lib/aws-ecs';
import type { RolloutOptions } from '../../rollout-options';
import { misuse } from '../misuse';
import type { Deployment } from './deployment';
import { loadBalancersOf, RolloutTarget } from './target';

/**
 * Whether ECS is to balance a service across Availability Zones, where somebody says so.
 *
 * Source of what ECS refuses: "Balancing an Amazon ECS service across Availability Zones", Amazon ECS Developer Guide.
 */
export function planZoneRebalancing(
  target: RolloutTarget, { maximumPercent }: Deployment, preset: RolloutOptions, options: RolloutOptions,
): string | undefined {
  const { service, cfnService, isFargate } = target;
  const obstacle = obstacleOf(cfnService, maximumPercent);
  const current: string | undefined = Stack.of(cfnService).resolve(cfnService.availabilityZoneRebalancing);
  const isWanted = options.availabilityZoneRebalancing ?? (current === undefined ? undefined : current === AvailabilityZoneRebalancing.ENABLED);
  if (isWanted && obstacle !== undefined) {
    throw misuse(service, `ECS can't balance it across Availability Zones: ${obstacle}`);
  }
  if (isWanted !== undefined) {
    return name(isWanted);
  }
  if (preset.availabilityZoneRebalancing === undefined) {
    // ECS turns it on for new services that say nothing.
    return options.maxHealthyPercent !== undefined && obstacle !== undefined ? name(false) : current;
  }
  // On EC2, placement strategies and constraints decide, and they may come later.
  return name(preset.availabilityZoneRebalancing && obstacle === undefined && isFargate);
}

function obstacleOf(cfnService: CfnService, maximumPercent: number | undefined): string | undefined {
  if (maximumPercent !== undefined && maximumPercent <= 100) {
    return `'maxHealthyPercent' is ${maximumPercent}, and a task in another zone has to start before one is stopped; set it above 100, or 'availabilityZoneRebalancing' to false`;
  }
  const [first] = Stack.of(cfnService).resolve(cfnService.placementStrategies) ?? [];
  if (first !== undefined && first.field !== 'attribute:ecs.availability-zone') {
    return "its first placement strategy is not to spread across zones; put that first, or set 'availabilityZoneRebalancing' to false";
  }
  return loadBalancersOf(cfnService).some(({ loadBalancerName }) => loadBalancerName !== undefined)
    ? "it is behind a Classic Load Balancer; use another one, or set 'availabilityZoneRebalancing' to false" : undefined;
}

function name(isEnabled: boolean): string {
  return isEnabled ? AvailabilityZoneRebalancing.ENABLED : AvailabilityZoneRebalancing.DISABLED;
}
