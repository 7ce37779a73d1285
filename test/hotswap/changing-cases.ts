import { CfnOutput, CfnParameter, CfnResource, CustomResource, NestedStack, Size, Stack, Tags } from 'aws-cdk-lib';
import { EcsFargateContainerDefinition, EcsJobDefinition } from 'aws-cdk-lib/aws-batch';
import { CfnTaskDefinition, ContainerImage, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { clusterOf, Service, serviceOf } from './fargate';
import { HotswapCase } from './hotswap-case';
import { SlimNodeImage } from '../../src';

/** Stacks in which something else changes with the image: the CLI deploys them in full, or leaves that as it was. */
export const changingCases: readonly HotswapCase[] = [
  ...cases({
    'an output with the image': { warnings: ['Output hotswapOutput'], build: (stack, image) => new CfnOutput(stack, 'Output', { value: image.imageUri }) },

    'the hash in the description of an output': {
      warnings: ['Output hotswapOutput'],
      build: (stack, image) => new CfnOutput(stack, 'Output', { value: 'same', description: image.assetHash }),
    },

    'the hash in the name of an export': {
      warnings: ['Output hotswapOutput'],
      build: (stack, image) => new CfnOutput(stack, 'Output', { value: 'same', exportName: image.assetHash }),
    },

    'an output of a nested stack': {
      warnings: ['Nested/Output hotswapOutput'],
      build: (stack, image) => {
        const nested = new NestedStack(stack, 'Nested');
        new Bucket(nested, 'Bucket');
        new CfnOutput(nested, 'Output', { value: image.imageUri });
      },
    },

    'a parameter of the SSM with the image': {
      warnings: ['Parameter hotswapResource'],
      build: (stack, image) => new StringParameter(stack, 'Parameter', { stringValue: image.imageUri }),
    },

    'a policy with the hash': {
      warnings: ['Task/TaskRole/DefaultPolicy hotswapResource'],
      build: (_, image, { task }) => task.addToTaskRolePolicy(new PolicyStatement({
        actions: ['ecr:BatchGetImage'], resources: ['*'], conditions: { StringEquals: { 'aws:RequestTag/image': image.assetHash } },
      })),
    },

    'a custom resource with the hash': {
      warnings: ['Custom hotswapResource'],
      build: (stack, image) => new CustomResource(stack, 'Custom', { serviceToken: 'arn:aws:sns:eu-west-1:000000000000:topic', properties: { Hash: image.assetHash } }),
    },

    'metadata of another resource with the hash': {
      warnings: ['Bucket hotswapResource'],
      build: (stack, image) => new CfnBucket(stack, 'Bucket').addMetadata('hash', image.assetHash),
    },

    'a logical ID with the hash': {
      warnings: ['Bucket hotswapResource'],
      build: (stack, image) => new CfnBucket(stack, 'Bucket').overrideLogicalId(`Bucket${image.assetHash}`),
    },

    'a job of Batch': {
      warnings: ['Job hotswapResource'],
      build: (stack, image) => new EcsJobDefinition(stack, 'Job', {
        container: new EcsFargateContainerDefinition(stack, 'JobContainer', { image: image.containerImage, cpu: 1, memory: Size.gibibytes(2) }),
      }),
    },

    'a tag of a Lambda function': {
      warnings: ['Function hotswapResource'],
      build: (stack, image) => {
        const lambda = new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('0') });
        Tags.of(lambda).add('image', image.assetHash, { includeResourceTypes: ['AWS::Lambda::Function'] });
      },
    },

    'a tag of the task definition': {
      warnings: ['Task hotswapTaskDefinition'],
      build: (_, image, { task }) => Tags.of(task).add('image', image.assetHash, { includeResourceTypes: ['AWS::ECS::TaskDefinition'] }),
    },

    'a tag of the service': {
      warnings: ['Service hotswapResource'],
      build: (_, image, { service }) => Tags.of(service).add('image', image.assetHash, { includeResourceTypes: ['AWS::ECS::Service'] }),
    },

    'the hash in the family': {
      warnings: ['Task hotswapTaskDefinition'],
      build: (_, image, { task }) => {
        (task.node.defaultChild as CfnTaskDefinition).family = image.assetHash;
      },
    },
  }),

  {
    what: 'an image that is a parameter of a nested stack',
    warnings: ['Nested hotswapNestedStack'],
    hotswap: 'does nothing',
    fallback: 'does nothing',
    build: (stack, image) => {
      const nested = new NestedStack(stack, 'Nested', { parameters: { Image: image.imageUri } });
      const parameter = new CfnParameter(nested, 'Image');
      const task = new FargateTaskDefinition(nested, 'Task');
      task.addContainer('App', { image: ContainerImage.fromRegistry(parameter.valueAsString) });
      new CfnResource(nested, 'Service', { type: 'AWS::ECS::Service', properties: { TaskDefinition: task.taskDefinitionArn, Cluster: clusterOf(nested).clusterArn } });
    },
  },
];

interface Change extends Pick<HotswapCase, 'warnings'> {
  /** Adds to a stack with a service. */
  readonly build: (stack: Stack, image: SlimNodeImage, service: Service) => unknown;
}

function cases(changes: Readonly<Record<string, Change>>): HotswapCase[] {
  return Object.entries(changes).map(([what, { warnings, build }]) => ({
    what,
    warnings,
    build: (stack, image) => void build(stack, image, serviceOf(stack, image)),
    hotswap: 'updates the service',
    fallback: 'deploys in full',
  }));
}
