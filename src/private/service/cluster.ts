import { RemovalPolicy } from 'aws-cdk-lib';
import { FlowLogDestination, IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** A cluster for one service, in its own network unless one is given. */
export function makeCluster(scope: Construct, vpc: IVpc = makeVpc(scope)): Cluster {
  return new Cluster(scope, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.ENABLED });
}

function makeVpc(scope: Construct): Vpc {
  const logGroup = new LogGroup(scope, 'FlowLogs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  // A second NAT gateway costs more than the tasks of a small service.
  return new Vpc(scope, 'Vpc', { maxAzs: 2, natGateways: 1, flowLogs: { All: { destination: FlowLogDestination.toCloudWatchLogs(logGroup) } } });
}
