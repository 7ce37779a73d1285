import { IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import { AlternateTargetConfig, CfnService } from 'aws-cdk-lib/aws-ecs';
import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IRole, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { RolloutOptions } from '../../rollout-options';
import { RolloutStrategy } from '../../rollout-strategy';
import { misuse } from '../misuse';
import { alternateTargetGroup } from './alternate-target-group';
import { findForwarders } from './forwarders';
import { productionRule } from './production-rule';
import { isNetwork, LoadBalancerEntry, loadBalancersOf, RolloutTarget, targetGroupsOf } from './target';

/**
 * Gives ECS what it moves requests with: for each target group a second one, the rule or listener that chooses between them,
 * and a role that may change it.
 *
 * Source: "Required resources for Amazon ECS blue/green deployments", Amazon ECS Developer Guide.
 */
export function wireTrafficShift(target: RolloutTarget, strategy: string | undefined, { alternateTarget }: RolloutOptions): void {
  const { service, cfnService } = target;
  const isShifting = strategy !== undefined && strategy !== RolloutStrategy.ROLLING;
  const entries = loadBalancersOf(cfnService).map((entry, place) => ({ entry, place }))
    .filter(({ entry }) => entry.advancedConfiguration === undefined);
  if (!isShifting) {
    if (alternateTarget !== undefined) {
      throw misuse(service, "'alternateTarget' is given and the rollout is ROLLING; set 'strategy', or leave it out");
    }
    return;
  }
  if (alternateTarget !== undefined) {
    if (entries.length !== 1) {
      throw misuse(service, `'alternateTarget' is for a service with one target group, and this one has ${entries.length} without an alternate target; ` +
        'attach the service to its load balancer before the rollout is applied, and to several with service.loadBalancerTarget({ …, alternateTarget })');
    }
    addConfiguration(cfnService, entries[0].place, fromAlternateTarget(alternateTarget.bind(service)));
    return;
  }
  checkHasTraffic(target, strategy);
  service.node.addValidation({ validate: () => problems(target, strategy) });
  const configurations = entries.map(({ entry, place }) => ({ place, parts: makeParts(target, entry) }));
  if (configurations.length > 0) {
    const role = infrastructureRole(target);
    configurations.forEach(({ place, parts }) => addConfiguration(cfnService, place, { ...parts, roleArn: role.roleArn }));
  }
}

/** ECS refuses a load balancer that it can't shift. */
function problems({ service, cfnService }: RolloutTarget, strategy: string): string[] {
  return loadBalancersOf(cfnService).every(({ advancedConfiguration }) => advancedConfiguration !== undefined) ? [] : [
    `${service.node.path}: was attached to a load balancer after a ${strategy} rollout was applied; attach it before`,
  ];
}

function checkHasTraffic({ service, cfnService }: RolloutTarget, strategy: string): void {
  const isHeadless = loadBalancersOf(cfnService).length === 0;
  const connect = Stack.of(cfnService).resolve(cfnService.serviceConnectConfiguration);
  if (isHeadless && connect === undefined && strategy !== RolloutStrategy.BLUE_GREEN) {
    throw misuse(service, `a ${strategy} rollout moves requests in steps, and there is neither a load balancer nor Service Connect; ` +
      'attach the service to its load balancer before the rollout is applied, or use BLUE_GREEN');
  }
}

function makeParts(target: RolloutTarget, entry: LoadBalancerEntry): CfnService.AdvancedConfigurationProperty {
  const { service } = target;
  const fix = "give 'alternateTarget' to the rollout: new ecs.AlternateTarget('Alternate', { alternateTargetGroup, productionListener })";
  const primary = targetGroupOf(target, entry);
  if (primary === undefined) {
    throw misuse(service, `is attached to a load balancer or target group of another app, of which a rollout can't make a second one; ${fix}`);
  }
  const forwarders = findForwarders(primary);
  if (forwarders.length !== 1) {
    throw misuse(service, forwarders.length === 0
      ? `found no listener that forwards to ${primary.node.path}; add the target group to a listener before the rollout is applied, or ${fix}`
      : `${forwarders.map(({ node }) => node.path).join(', ')} forward to ${primary.node.path}, and ECS changes one; ${fix}`);
  }
  const [forwarder] = forwarders;
  const alternate = alternateTargetGroup(primary);
  // A Network Load Balancer has no rules: there it is the listener itself.
  const production = isNetwork(primary) ? forwarder : productionRule({ forwarder, primary, alternate });
  return { alternateTargetGroupArn: alternate.ref, productionListenerRule: production.ref };
}

function targetGroupOf(target: RolloutTarget, { targetGroupArn }: LoadBalancerEntry): CfnTargetGroup | undefined {
  const arn = JSON.stringify(targetGroupArn);
  return targetGroupsOf(target).find((targetGroup) => JSON.stringify(Stack.of(targetGroup).resolve(targetGroup.ref)) === arn);
}

function infrastructureRole({ service }: RolloutTarget): IRole {
  return new Role(service, 'RolloutRole', {
    assumedBy: new ServicePrincipal('ecs.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonECSInfrastructureRolePolicyForLoadBalancers')],
  });
}

function fromAlternateTarget(config: AlternateTargetConfig): CfnService.AdvancedConfigurationProperty {
  const { alternateTargetGroupArn, roleArn, productionListenerRule, testListenerRule } = config;
  return { alternateTargetGroupArn, roleArn, productionListenerRule, testListenerRule };
}

/** By its place, as the ARN of a target group in another stack looks different at synthesis. */
function addConfiguration(cfnService: CfnService, place: number, configuration: CfnService.AdvancedConfigurationProperty): void {
  const original = cfnService.loadBalancers;
  cfnService.loadBalancers = Lazy.uncachedAny({
    produce: (context: IResolveContext) => {
      const entries: readonly LoadBalancerEntry[] = context.resolve(original) ?? [];
      return entries.map((entry, index) => index === place ? { ...entry, advancedConfiguration: configuration } : entry);
    },
  }, { omitEmptyArray: true });
}
