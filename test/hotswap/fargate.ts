import { Stack } from 'aws-cdk-lib';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ContainerOptions, SlimNodeImage } from '../../src';

/** A VPC that is there already. */
export function vpcOf(stack: Stack): IVpc {
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], publicSubnetIds: ['subnet-1', 'subnet-2'], privateSubnetIds: ['subnet-3', 'subnet-4'],
  });
}

export function clusterOf(stack: Stack): Cluster {
  return new Cluster(stack, 'Cluster', { vpc: vpcOf(stack) });
}

export function taskOf(stack: Stack, image: SlimNodeImage, options?: ContainerOptions): FargateTaskDefinition {
  const task = new FargateTaskDefinition(stack, 'Task');
  image.addToTaskDefinition(task, options);
  return task;
}

export interface Service {
  readonly task: FargateTaskDefinition;
  readonly service: FargateService;
}

/** A Fargate service with an image. */
export function serviceOf(stack: Stack, image: SlimNodeImage, options?: ContainerOptions): Service {
  const task = taskOf(stack, image, options);
  return { task, service: new FargateService(stack, 'Service', { cluster: clusterOf(stack), taskDefinition: task }) };
}
