import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateServiceProps, FargateTaskDefinition, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationListener, ApplicationLoadBalancer, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { newStack } from './project';

export const image = ContainerImage.fromRegistry('registry.example/backend:1');

/** A stack with a cluster. */
export function newCluster(stack = newStack()): Cluster {
  return new Cluster(stack, 'Cluster', { vpc: new Vpc(stack, 'Vpc') });
}

export function newTask(stack: Stack): FargateTaskDefinition {
  const task = new FargateTaskDefinition(stack, 'Task');
  task.addContainer('app', { image, portMappings: [{ containerPort: 8080 }] });
  return task;
}

/** A service without a load balancer. */
export function newWorker(props: Partial<FargateServiceProps> = {}, taskOf: (stack: Stack) => TaskDefinition = newTask): FargateService {
  const cluster = newCluster();
  return new FargateService(cluster.stack, 'Service', { cluster, taskDefinition: taskOf(cluster.stack), ...props });
}

export function newListener(service: FargateService, defaultAction?: ListenerAction): ApplicationListener {
  const balancer = new ApplicationLoadBalancer(service.stack, 'Balancer', { vpc: service.cluster.vpc });
  return balancer.addListener('Http', { port: 80, defaultAction });
}

/** A service behind the default action of a listener. */
export function newBackend(props: Partial<FargateServiceProps> = {}) {
  const service = newWorker(props);
  return { service, targetGroup: newListener(service).addTargets('Targets', { port: 80, targets: [service] }) };
}

export function newPattern(
  props: Partial<patterns.ApplicationLoadBalancedFargateServiceProps> = {}, id = 'Pattern', cluster = newCluster(),
): patterns.ApplicationLoadBalancedFargateService {
  return new patterns.ApplicationLoadBalancedFargateService(cluster.stack, id, { cluster, taskImageOptions: { image }, ...props });
}

export function properties(stack: Stack, type: string) {
  return Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) => Properties);
}

/** Of the first resource of each type. */
export function configured(stack: Stack) {
  const [service] = properties(stack, 'AWS::ECS::Service');
  const [targetGroup] = properties(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const [task] = properties(stack, 'AWS::ECS::TaskDefinition');
  return { service, targetGroup, container: task.ContainerDefinitions[0], deployment: service.DeploymentConfiguration };
}
