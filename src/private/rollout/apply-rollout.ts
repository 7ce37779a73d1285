import { Annotations, Stack } from 'aws-cdk-lib';
import { BaseService } from 'aws-cdk-lib/aws-ecs';
import { TargetGroupBase } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { RolloutEstimate } from '../../rollout-estimate';
import type { RolloutOptions } from '../../rollout-options';
import { misuse } from '../misuse';
import { configureContainers } from './containers';
import { applyDeployment, Deployment, planDeployment } from './deployment';
import { checkRolloutOptions } from './limits';
import { findRolloutTarget, RolloutTarget, targetGroupsOf } from './target';
import { configureTargetGroup, targetGroupProblems } from './target-group';
import { wireTrafficShift } from './traffic';
import { rolloutWaits, RolloutWaits } from './waits';
import { planZoneRebalancing } from './zones';

const applied = new WeakSet<BaseService>();

/** Applies a rollout to the service in a construct: checks first, then changes. */
export function applyRollout(
  scope: Construct, targetGroups: readonly TargetGroupBase[], preset: RolloutOptions, options: RolloutOptions,
): RolloutWaits {
  const target = findRolloutTarget(scope, targetGroups);
  const { service, cfnService, cfnTaskDefinition } = target;
  checkService(target);
  checkRolloutOptions(service, target.isFargate, options);
  const deployment = planDeployment(target, preset, options);
  const zoneRebalancing = planZoneRebalancing(target, deployment, preset, options);

  wireTrafficShift(target, deployment.strategy, options);
  const configured = targetGroupsOf(target);
  configured.forEach((targetGroup) => configureTargetGroup(targetGroup, preset, options));
  applyDeployment(target, deployment, preset, options);
  cfnService.availabilityZoneRebalancing = zoneRebalancing;
  if (cfnTaskDefinition !== undefined) {
    configureContainers(cfnTaskDefinition, preset, options);
  }
  applied.add(service);

  const waits = rolloutWaits(target, preset, options);
  service.node.addValidation({ validate: () => configured.flatMap((targetGroup) => targetGroupProblems(service, targetGroup)) });
  acknowledge(service, deployment, options.minHealthyPercent ?? preset.minHealthyPercent);
  announce(service, waits);
  return waits;
}

function checkService({ service, cfnService }: RolloutTarget): void {
  if (applied.has(service)) {
    throw misuse(service, 'a rollout has been applied to it before; apply one, with all options');
  }
  const { deploymentController, schedulingStrategy } = cfnService;
  const resolved = Stack.of(cfnService).resolve({ deploymentController, schedulingStrategy });
  const controller = resolved.deploymentController?.type ?? 'ECS';
  if (controller !== 'ECS') {
    throw misuse(service, `its deployment controller is ${controller}, and a rollout is done by ECS; remove 'deploymentController'`);
  }
  if (resolved.schedulingStrategy === 'DAEMON') {
    throw misuse(service, "it runs one task on each instance, for which ECS has its own percentages; a rollout needs a service without 'daemon'");
  }
}

/** CDK advises in the constructor of a service to set what is set later here. */
function acknowledge(service: BaseService, { deploymentCircuitBreaker }: Deployment, minHealthyPercent: number | undefined): void {
  if (minHealthyPercent !== undefined) {
    Annotations.of(service).acknowledgeWarning('@aws-cdk/aws-ecs:minHealthyPercent', 'set by the rollout');
  }
  if (deploymentCircuitBreaker !== undefined) {
    Annotations.of(service).acknowledgeWarning('@aws-cdk/aws-ecs:shouldUseCircuitBreaker', 'set by the rollout');
  }
}

/** Says at synthesis what the rollout waits for, when everything that has a say in it is known. */
function announce(service: BaseService, waits: RolloutWaits): void {
  service.node.addValidation({
    validate: () => {
      Annotations.of(service).addInfoV2('cdk-slim-node-image:rolloutEstimate', RolloutEstimate._of(waits).toString());
      return [];
    },
  });
}
