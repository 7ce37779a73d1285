import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';

/** A target group with the settings of another one. Its name is its own, and ECS registers the tasks. */
export function alternateTargetGroup(scope: Construct, id: string, primary: CfnTargetGroup): CfnTargetGroup {
  return new CfnTargetGroup(scope, id, {
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
