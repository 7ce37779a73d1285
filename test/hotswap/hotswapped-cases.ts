import { Aws, CfnOutput, CfnResource, Fn, NestedStack } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { BuildSpec, Project } from 'aws-cdk-lib/aws-codebuild';
import { CfnTaskDefinition, FargateTaskDefinition, Secret } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService, QueueProcessingFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret as SecretsManagerSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { clusterOf, serviceOf, vpcOf } from './fargate';
import { HotswapCase } from './hotswap-case';
import { SlimNodeImage } from '../../src';

/** Stacks in which the CLI replaces the image, so that there is nothing to warn of. */
export const hotswappedCases: readonly HotswapCase[] = cases({
  'a Fargate service': (stack, image) => serviceOf(stack, image),

  'a load-balanced service of ecs-patterns': (stack, image) => new ApplicationLoadBalancedFargateService(stack, 'Web', {
    vpc: vpcOf(stack), taskImageOptions: { image: image.containerImage, containerPort: 8080 },
  }),

  'a worker of ecs-patterns': (stack, image) => new QueueProcessingFargateService(stack, 'Worker', { vpc: vpcOf(stack), image: image.containerImage }),

  'values of the stack and its resources in the environment': (stack, image) => serviceOf(stack, image, {
    environment: { REGION: Aws.REGION, ACCOUNT: Aws.ACCOUNT_ID, BUCKET: new Bucket(stack, 'Bucket').bucketArn, IMPORTED: Fn.importValue('exported-name') },
    secrets: { PASSWORD: Secret.fromSecretsManager(new SecretsManagerSecret(stack, 'Secret')) },
  }),

  'a parameter of the SSM in the environment': (stack, image) =>
    serviceOf(stack, image, { environment: { LEVEL: StringParameter.valueForStringParameter(stack, '/log/level') } }),

  'the reference of the image in the environment': (stack, image) => serviceOf(stack, image, { environment: { IMAGE: image.imageUri } }),

  'a family that the CLI can not evaluate': (stack, image) => {
    (serviceOf(stack, image).task.node.defaultChild as CfnTaskDefinition).family = Fn.select(0, Fn.getAzs());
  },

  'an output with the ARN of the task definition': (stack, image) => {
    new CfnOutput(stack, 'Output', { value: serviceOf(stack, image).task.taskDefinitionArn });
  },

  'the hash in the description of the stack': (stack, image) => {
    serviceOf(stack, image);
    stack.templateOptions.description = image.assetHash;
  },

  'the hash in metadata of the task definition': (stack, image) => {
    (serviceOf(stack, image).task.node.defaultChild as CfnResource).addMetadata('hash', image.assetHash);
  },

  'the hash in what the CLI hotswaps by Cloud Control': (stack, image) => {
    serviceOf(stack, image);
    new CfnDashboard(stack, 'Dashboard', { dashboardBody: image.assetHash });
  },

  'the hash in what the CLI hotswaps in CodeBuild': (stack, image) => {
    serviceOf(stack, image);
    new Project(stack, 'Project', { buildSpec: BuildSpec.fromObject({}), environmentVariables: { HASH: { value: image.assetHash } } });
  },

  'everything in a nested stack': (stack, _, entry) => {
    const nested = new NestedStack(stack, 'Nested');
    serviceOf(nested, new SlimNodeImage(nested, 'Other', { entry }));
  },

  'an image that a nested stack uses': (stack, image) => void serviceOf(new NestedStack(stack, 'Nested'), image),

  'two services of one task definition': (stack, image) => {
    const { task } = serviceOf(stack, image);
    new CfnResource(stack, 'Other', { type: 'AWS::ECS::Service', properties: { TaskDefinition: task.taskDefinitionArn } });
  },

  'another task definition with what the CLI can not evaluate': (stack, image) => {
    serviceOf(stack, image);
    new FargateTaskDefinition(stack, 'Other', { family: Fn.select(0, Fn.getAzs()) });
    clusterOf(new NestedStack(stack, 'Nested', { parameters: { Zone: Fn.select(0, Fn.getAzs()) } }));
  },
});

function cases(builds: Readonly<Record<string, HotswapCase['build']>>): HotswapCase[] {
  return Object.entries(builds).map(([what, build]) => ({ what, build, warnings: [], hotswap: 'updates the service', fallback: 'updates the service' }));
}
