import { CfnListener, CfnListenerRule, CfnTargetGroup, TargetGroupBase } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Dependable } from 'constructs';

/**
 * What sends requests to a target group: rules, and listeners whose default action does.
 *
 * It is known from what has to exist before the target group can be used. The actions of a listener themselves are frozen
 * once they are read, in some versions of aws-cdk-lib.
 */
export function findForwarders(targetGroup: CfnTargetGroup): (CfnListener | CfnListenerRule)[] {
  const { scope } = targetGroup.node;
  if (!(scope instanceof TargetGroupBase)) {
    return [];
  }
  const attachers = new Set(Dependable.of(scope.loadBalancerAttached).dependencyRoots);
  return [...attachers].map(({ node }) => node.defaultChild)
    .filter((child) => child instanceof CfnListener || child instanceof CfnListenerRule);
}
