import { Stack } from 'aws-cdk-lib';
import { BaseService, CfnService, CfnTaskDefinition, Ec2Service, FargateService } from 'aws-cdk-lib/aws-ecs';
import { CfnTargetGroup, TargetGroupBase } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct, IConstruct } from 'constructs';
import { misuse } from '../misuse';
import { referencedConstructs } from './references';

/** The resources of a service that a rollout is a matter of. */
export interface RolloutTarget {
  readonly service: BaseService;
  readonly cfnService: CfnService;
  readonly isFargate: boolean;

  /** Undefined where the task definition is imported. */
  readonly cfnTaskDefinition?: CfnTaskDefinition;

  /** Target groups that are configured though the service is not attached to them. */
  readonly extraTargetGroups: readonly CfnTargetGroup[];
}

/** A load balancer entry of a service. */
export interface LoadBalancerEntry {
  readonly targetGroupArn?: unknown;
  readonly loadBalancerName?: unknown;
  readonly advancedConfiguration?: CfnService.AdvancedConfigurationProperty;
}

export function findRolloutTarget(scope: Construct, targetGroups: readonly TargetGroupBase[]): RolloutTarget {
  const service = findService(scope);
  const cfnService = service.node.defaultChild;
  if (!(cfnService instanceof CfnService)) {
    throw misuse(service, 'has no AWS::ECS::Service of its own; expected a service that this app defines');
  }
  const cfnTaskDefinition = service.taskDefinition.node.defaultChild;
  return {
    service,
    cfnService,
    isFargate: service instanceof FargateService,
    cfnTaskDefinition: cfnTaskDefinition instanceof CfnTaskDefinition ? cfnTaskDefinition : undefined,
    extraTargetGroups: targetGroups.map(({ node }) => node.defaultChild).filter(isTargetGroup),
  };
}

/** The target groups that a service is attached to now, and those beside them. */
export function targetGroupsOf({ cfnService, extraTargetGroups }: RolloutTarget): CfnTargetGroup[] {
  const attached = referencedConstructs(cfnService, cfnService.loadBalancers).filter(isTargetGroup);
  return [...new Set([...attached, ...extraTargetGroups])];
}

export function loadBalancersOf(cfnService: CfnService): readonly LoadBalancerEntry[] {
  return Stack.of(cfnService).resolve(cfnService.loadBalancers) ?? [];
}

export function isNetwork(targetGroup: CfnTargetGroup): boolean {
  return !['HTTP', 'HTTPS', undefined].includes(Stack.of(targetGroup).resolve(targetGroup.protocol));
}

function findService(scope: Construct): BaseService {
  const services = scope.node.findAll().filter(isService);
  if (services.length === 1) {
    return services[0];
  }
  const expected = 'expected a FargateService, an Ec2Service, or a construct that holds one, such as those of aws-ecs-patterns';
  throw misuse(scope, services.length === 0
    ? `holds no service that a rollout can be applied to; ${expected}`
    : `holds ${services.length} services: ${services.map(({ node }) => node.path).join(', ')}; apply a rollout to each of them`);
}

function isService(construct: IConstruct): construct is BaseService {
  return construct instanceof FargateService || construct instanceof Ec2Service;
}

function isTargetGroup(construct: IConstruct | undefined): construct is CfnTargetGroup {
  return construct instanceof CfnTargetGroup;
}
