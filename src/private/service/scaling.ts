import { Duration } from 'aws-cdk-lib';
import { AdjustmentType, ScalingInterval } from 'aws-cdk-lib/aws-applicationautoscaling';
import { IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { BaseService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { SlimNodeServiceProps } from '../../slim-node-service-props';

/** Steps that a scaling policy may have. Source: "Application Auto Scaling quotas". */
const MOST_STEPS = 20;

/** Whether the number of tasks changes by itself. */
export function isScaled({ minCapacity = 1, maxCapacity = minCapacity }: SlimNodeServiceProps): boolean {
  return maxCapacity > minCapacity;
}

/** Lets ECS scale a service by the measures that are given. */
export function scaleService(service: BaseService, targetGroup: ApplicationTargetGroup | undefined, props: SlimNodeServiceProps): ScalableTaskCount {
  const { minCapacity = 1, maxCapacity = minCapacity, memoryUtilizationPercent, requestsPerTarget, queue, messagesPerTask = 100 } = props;
  const scaling = service.autoScaleTaskCount({ minCapacity, maxCapacity });
  const isMeasured = [memoryUtilizationPercent, requestsPerTarget, queue].some((measure) => measure !== undefined);
  const cpu = props.cpuUtilizationPercent ?? (isMeasured ? undefined : 70);
  if (cpu !== undefined) {
    scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: cpu });
  }
  if (memoryUtilizationPercent !== undefined) {
    scaling.scaleOnMemoryUtilization('Memory', { targetUtilizationPercent: memoryUtilizationPercent });
  }
  if (requestsPerTarget !== undefined && targetGroup !== undefined) {
    scaling.scaleOnRequestCount('Requests', { requestsPerTarget, targetGroup });
  }
  if (queue !== undefined) {
    scaling.scaleOnMetric('Messages', {
      metric: messages(queue),
      adjustmentType: AdjustmentType.EXACT_CAPACITY,
      scalingSteps: queueSteps(minCapacity, maxCapacity, messagesPerTask),
    });
  }
  return scaling;
}

/** Those in flight count, or a task would be stopped while it works on the last ones. */
function messages(queue: IQueue): IMetric {
  const period = Duration.minutes(1);
  return new MathExpression({
    expression: 'waiting + inFlight',
    usingMetrics: {
      waiting: queue.metricApproximateNumberOfMessagesVisible({ period }),
      inFlight: queue.metricApproximateNumberOfMessagesNotVisible({ period }),
    },
    label: 'messages',
    period,
  });
}

/** How many tasks run for how many messages: as many as it takes with so many for each, in a limited number of steps. */
function queueSteps(minCapacity: number, maxCapacity: number, messagesPerTask: number): ScalingInterval[] {
  const steps = Math.min(maxCapacity - minCapacity, MOST_STEPS - 1);
  const capacities = Array.from({ length: steps + 1 }, (_, step) => minCapacity + Math.ceil(step * (maxCapacity - minCapacity) / steps));
  // Between two numbers of messages, so that none lies on a bound.
  const bounds = capacities.map((capacity) => capacity * messagesPerTask + 0.5);
  return capacities.map((change, index) => ({ change, lower: bounds[index - 1] ?? 0, upper: index < steps ? bounds[index] : undefined }));
}
