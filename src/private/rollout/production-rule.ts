import { IResolveContext, Lazy } from 'aws-cdk-lib';
import { CfnListener, CfnListenerRule, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/** The last that a listener takes, so that all other rules come before it. */
const LAST_PRIORITY = 50_000;

interface Route {
  /** The rule that forwards to the primary target group, or the listener whose default action does. */
  readonly forwarder: CfnListener | CfnListenerRule;

  readonly primary: CfnTargetGroup;
  readonly alternate: CfnTargetGroup;
}

/**
 * The rule that ECS is to change: the default action of a listener has no ARN in CloudFormation.
 *
 * It names both target groups, as ECS refuses one that no load balancer knows.
 */
export function productionRule({ forwarder, primary, alternate }: Route): CfnListenerRule {
  const forwardConfig = {
    targetGroups: [{ targetGroupArn: primary.ref, weight: 100 }, { targetGroupArn: alternate.ref, weight: 0 }],
  };
  if (forwarder instanceof CfnListener) {
    return new CfnListenerRule(primary.node.scope ?? primary, 'ProductionRule', {
      listenerArn: forwarder.ref,
      priority: LAST_PRIORITY,
      conditions: [{ field: 'path-pattern', pathPatternConfig: { values: ['*'] } }],
      actions: [{ type: 'forward', forwardConfig }],
    });
  }
  const original = forwarder.actions;
  forwarder.actions = Lazy.uncachedAny({
    produce: (context: IResolveContext) => {
      const arn = JSON.stringify(context.resolve(primary.ref));
      const actions: readonly CfnListenerRule.ActionProperty[] = context.resolve(original) ?? [];
      return actions.map(({ targetGroupArn, ...action }) => {
        const isOurs = JSON.stringify(targetGroupArn) === arn;
        return isOurs ? { ...action, forwardConfig } : { ...action, targetGroupArn };
      });
    },
  });
  return forwarder;
}
