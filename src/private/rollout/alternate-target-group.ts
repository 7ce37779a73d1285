import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/**
 * A target group with the settings of another one. Its name is its own, and ECS registers the tasks.
 *
 * It is beside the other one, in the stack of the load balancer, which must not depend on the stack of the service.
 */
export function alternateTargetGroup(primary: CfnTargetGroup): CfnTargetGroup {
  return new CfnTargetGroup(primary.node.scope ?? primary, 'Alternate', {
    healthCheckEnabled: primary.healthCheckEnabled,
    healthCheckIntervalSeconds: primary.healthCheckIntervalSeconds,
    healthCheckPath: primary.healthCheckPath,
    healthCheckPort: primary.healthCheckPort,
    healthCheckProtocol: primary.healthCheckProtocol,
    healthCheckTimeoutSeconds: primary.healthCheckTimeoutSeconds,
    healthyThresholdCount: primary.healthyThresholdCount,
    ipAddressType: primary.ipAddressType,
    matcher: primary.matcher,
    port: primary.port,
    protocol: primary.protocol,
    protocolVersion: primary.protocolVersion,
    targetGroupAttributes: primary.targetGroupAttributes,
    targetType: primary.targetType,
    unhealthyThresholdCount: primary.unhealthyThresholdCount,
    vpcId: primary.vpcId,
  });
}
