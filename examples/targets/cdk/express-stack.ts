import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnExpressGatewayService } from 'aws-cdk-lib/aws-ecs';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { SlimNodeImage } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A public HTTPS service in ECS Express Mode, which makes the load balancer, the certificate and the scaling by itself. */
export class ExpressStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const image = new SlimNodeImage(this, 'Image', { entry: 'src/main.ts', port: 8080 });

    // Pulls the image and writes the logs, and no others. The managed policy AmazonECSTaskExecutionRolePolicy would allow all of both.
    const executionRole = new Role(this, 'ExecutionRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    image.repository.grantPull(executionRole);
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH });
    logGroup.grantWrite(executionRole);

    // Lets ECS make the load balancer and the rest: AWS maintains its policy, as what Express Mode makes may change.
    const infrastructureRole = new Role(this, 'InfrastructureRole', {
      assumedBy: new ServicePrincipal('ecs.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonECSInfrastructureRoleforExpressGatewayServices')],
    });

    const service = new CfnExpressGatewayService(this, 'Service', {
      executionRoleArn: executionRole.roleArn,
      infrastructureRoleArn: infrastructureRole.roleArn,
      cpu: '256',
      memory: '512',
      healthCheckPath: '/healthz',
      primaryContainer: {
        image: image.imageUri,
        containerPort: 8080,
        awsLogsConfiguration: { logGroup: logGroup.logGroupName, logStreamPrefix: 'service' },
      },
    });
    // The policies are resources of their own, and the first task needs them.
    service.node.addDependency(executionRole, infrastructureRole);
  }
}
