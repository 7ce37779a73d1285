import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnService } from 'aws-cdk-lib/aws-apprunner';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SlimNodeImage } from 'cdk-slim-node-image';
import type { Construct } from 'constructs';

/** A public HTTPS service on App Runner, which is closed to new customers since 2026: ECS Express Mode is what AWS recommends instead. */
export class AppRunnerStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // App Runner runs linux/amd64, the default of 'platform', and nothing else.
    const image = new SlimNodeImage(this, 'Image', { entry: 'src/main.ts', port: 8080 });

    // It pulls with a role of yours. The managed policy AWSAppRunnerServicePolicyForECRAccess would open every repository of the account.
    const accessRole = new Role(this, 'AccessRole', { assumedBy: new ServicePrincipal('build.apprunner.amazonaws.com') });
    image.repository.grantPull(accessRole);
    image.repository.grant(accessRole, 'ecr:DescribeImages');

    const service = new CfnService(this, 'Service', {
      sourceConfiguration: {
        authenticationConfiguration: { accessRoleArn: accessRole.roleArn },
        autoDeploymentsEnabled: false,
        imageRepository: {
          imageIdentifier: image.imageUri,
          imageRepositoryType: 'ECR',
          imageConfiguration: { port: '8080' },
        },
      },
      healthCheckConfiguration: { protocol: 'HTTP', path: '/healthz' },
      instanceConfiguration: { cpu: '256', memory: '512' },
    });
    // The policy is a resource of its own, and the first pull needs it.
    service.node.addDependency(accessRole);
  }
}
