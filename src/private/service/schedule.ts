import { ICluster, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { EcsRunEc2Task, EcsRunFargateTask } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { CapacityConfig } from '../../capacity';
import type { SlimNodeServiceProps } from '../../slim-node-service-props';

/** Starts a task whenever a schedule says so. */
export function makeSchedule(
  scope: Construct, schedule: ScheduleExpression, cluster: ICluster, taskDefinition: TaskDefinition, capacity: CapacityConfig,
  props: SlimNodeServiceProps,
): Schedule {
  const { capacityProviderStrategies } = capacity;
  const { vpcSubnets, securityGroups, assignPublicIp, enableExecuteCommand } = props;
  const options = { taskDefinition, capacityProviderStrategies, vpcSubnets, securityGroups, enableExecuteCommand };
  const target = taskDefinition.isEc2Compatible
    ? new EcsRunEc2Task(cluster, options) : new EcsRunFargateTask(cluster, { ...options, assignPublicIp });
  return new Schedule(scope, 'Schedule', { schedule, target });
}
