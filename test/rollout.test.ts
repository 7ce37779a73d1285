import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { AvailabilityZoneRebalancing, Ec2Service, Ec2TaskDefinition, FargateServiceProps, VersionConsistency } from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Rollout } from '../src';
import { imageOf } from './project';
import { configured, image, newBackend, newCluster, newListener, newPattern, newTask, newWorker, properties } from './rollout-services';

function backend(rollout: Rollout, props: Partial<FargateServiceProps> = {}) {
  const { service } = newBackend(props);
  rollout.applyTo(service);
  return configured(service.stack);
}

function pattern(rollout: Rollout, props: Partial<patterns.ApplicationLoadBalancedFargateServiceProps> = {}) {
  const construct = newPattern(props);
  rollout.applyTo(construct);
  return configured(Stack.of(construct));
}

const DELAY = 'deregistration_delay.timeout_seconds';

describe.each([['a FargateService', backend], ['an ecs-patterns service', pattern]])('fast on %s', (_name, apply) => {
  const fast = (options = {}) => apply(Rollout.fast(options));

  test('checks the health every 5 s', () => expect(fast().targetGroup.HealthCheckIntervalSeconds).toBe(5));
  test('waits for two checks', () => expect(fast().targetGroup.HealthyThresholdCount).toBe(2));
  test('lets a check take less than the interval', () => expect(fast().targetGroup.HealthCheckTimeoutSeconds).toBe(4));
  test('drains for 5 s', () => expect(fast().targetGroup.TargetGroupAttributes).toContainEqual({ Key: DELAY, Value: '5' }));
  test('keeps the other attributes', () => expect(fast().targetGroup.TargetGroupAttributes).toContainEqual({ Key: 'stickiness.enabled', Value: 'false' }));
  test('gives a container 5 s to stop', () => expect(fast().container.StopTimeout).toBe(5));
  test('ignores failed checks for 30 s', () => expect(fast().service.HealthCheckGracePeriodSeconds).toBe(30));
  test('keeps all tasks', () => expect(fast().deployment.MinimumHealthyPercent).toBe(100));
  test('doubles the tasks', () => expect(fast().deployment.MaximumPercent).toBe(200));
  test('rolls back', () => expect(fast().deployment.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true }));
  test('balances the zones', () => expect(fast().service.AvailabilityZoneRebalancing).toBe('ENABLED'));
  test('has no strategy', () => expect(fast().deployment.Strategy).toBeUndefined());
  test('leaves the version consistency of a tag that may move to ECS', () => expect(fast().container.VersionConsistency).toBeUndefined());

  test('takes every option', () => {
    const { service, targetGroup, container, deployment } = fast({
      healthCheckInterval: Duration.seconds(20),
      healthCheckTimeout: Duration.seconds(10),
      healthyThreshold: 3,
      deregistrationDelay: Duration.seconds(60),
      stopTimeout: Duration.seconds(90),
      healthCheckGracePeriod: Duration.seconds(0),
      minHealthyPercent: 50,
      maxHealthyPercent: 150,
      circuitBreaker: false,
      availabilityZoneRebalancing: false,
      versionConsistency: VersionConsistency.DISABLED,
    });
    expect(targetGroup).toMatchObject({ HealthCheckIntervalSeconds: 20, HealthCheckTimeoutSeconds: 10, HealthyThresholdCount: 3 });
    expect(targetGroup.TargetGroupAttributes).toContainEqual({ Key: DELAY, Value: '60' });
    expect(container).toMatchObject({ StopTimeout: 90, VersionConsistency: 'disabled' });
    expect(service).toMatchObject({ HealthCheckGracePeriodSeconds: 0, AvailabilityZoneRebalancing: 'DISABLED' });
    expect(deployment).toMatchObject({ MinimumHealthyPercent: 50, MaximumPercent: 150, DeploymentCircuitBreaker: { Enable: false } });
  });
});

describe('stopFirst', () => {
  test.each([['a FargateService', backend], ['an ecs-patterns service', pattern]])('on %s stops all tasks, and starts no more than before', (_name, apply) => {
    expect(apply(Rollout.stopFirst()).deployment).toMatchObject({ MinimumHealthyPercent: 0, MaximumPercent: 100 });
  });

  test.each([['a FargateService', backend], ['an ecs-patterns service', pattern]])('on %s does not balance the zones', (_name, apply) => {
    expect(apply(Rollout.stopFirst()).service.AvailabilityZoneRebalancing).toBe('DISABLED');
  });

  test('is as fast as fast in the rest', () => {
    const { targetGroup, container, deployment } = backend(Rollout.stopFirst());
    expect([targetGroup.HealthCheckIntervalSeconds, targetGroup.HealthyThresholdCount, container.StopTimeout]).toEqual([5, 2, 5]);
    expect(deployment.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
  });
});

describe.each([['a FargateService', backend], ['an ecs-patterns service', pattern]])('safe on %s', (_name, apply) => {
  const safe = () => apply(Rollout.safe());

  test('is blue/green', () => expect(safe().deployment.Strategy).toBe('BLUE_GREEN'));
  test('keeps the old version for five minutes', () => expect(safe().deployment.BakeTimeInMinutes).toBe(5));
  test('rolls back', () => expect(safe().deployment.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true }));
  test('keeps all tasks beside the new ones', () => expect(safe().deployment).toMatchObject({ MinimumHealthyPercent: 100, MaximumPercent: 200 }));
  test('balances the zones', () => expect(safe().service.AvailabilityZoneRebalancing).toBe('ENABLED'));
  test('gives every task the same image', () => expect(safe().container.VersionConsistency).toBe('enabled'));
  test('gives a container 30 s to stop', () => expect(safe().container.StopTimeout).toBe(30));
  test('ignores failed checks for a minute', () => expect(safe().service.HealthCheckGracePeriodSeconds).toBe(60));
  test('checks the health as fast does', () => expect(safe().targetGroup).toMatchObject({ HealthCheckIntervalSeconds: 5, HealthyThresholdCount: 2 }));
  test('drains for 5 s', () => expect(safe().targetGroup.TargetGroupAttributes).toContainEqual({ Key: DELAY, Value: '5' }));
});

describe('custom', () => {
  test('without options changes nothing', () => {
    const { service: untouched } = newBackend();
    expect(backend(Rollout.custom({}))).toEqual(configured(untouched.stack));
  });

  test('sets what is given, and nothing else', () => {
    const { targetGroup, container } = backend(Rollout.custom({ healthCheckInterval: Duration.seconds(10) }));
    expect([targetGroup.HealthCheckIntervalSeconds, targetGroup.HealthCheckTimeoutSeconds, targetGroup.HealthyThresholdCount, container.StopTimeout])
      .toEqual([10, 5, undefined, undefined]);
  });
});

test('custom says no to a balance of zones where there is no room for one', () => {
  expect(backend(Rollout.custom({ minHealthyPercent: 0, maxHealthyPercent: 100 })).service.AvailabilityZoneRebalancing).toBe('DISABLED');
});

describe('what was set before stays:', () => {
  const custom = {
    minHealthyPercent: 75,
    maxHealthyPercent: 175,
    circuitBreaker: { rollback: false },
    healthCheckGracePeriod: Duration.seconds(90),
    availabilityZoneRebalancing: AvailabilityZoneRebalancing.DISABLED,
  };

  test('on the service', () => {
    expect(backend(Rollout.fast(), custom).service).toMatchObject({
      DeploymentConfiguration: { MinimumHealthyPercent: 75, MaximumPercent: 175, DeploymentCircuitBreaker: { Enable: true, Rollback: false } },
      HealthCheckGracePeriodSeconds: 90,
      AvailabilityZoneRebalancing: 'DISABLED',
    });
  });

  test('on a container, but not the 30 s that are the default', () => {
    const service = newWorker({}, (stack) => {
      const task = newTask(stack);
      task.addContainer('slow', { image, stopTimeout: Duration.seconds(100) });
      task.addContainer('usual', { image, stopTimeout: Duration.seconds(30) });
      return task;
    });
    Rollout.fast().applyTo(service);
    const [{ ContainerDefinitions }] = properties(service.stack, 'AWS::ECS::TaskDefinition');
    expect(ContainerDefinitions.map(({ StopTimeout }: { StopTimeout: number }) => StopTimeout)).toEqual([5, 100, 5]);
  });

  test.each(['before', 'after'])('on a target group, %s the rollout', (when) => {
    const { service, targetGroup } = newBackend();
    const change = () => {
      targetGroup.configureHealthCheck({ path: '/healthz', healthyThresholdCount: 4 });
      targetGroup.setAttribute(DELAY, '20');
    };
    if (when === 'before') change();
    Rollout.fast().applyTo(service);
    if (when === 'after') change();
    const result = configured(service.stack).targetGroup;
    expect(result).toMatchObject({ HealthCheckPath: '/healthz', HealthyThresholdCount: 4, HealthCheckIntervalSeconds: 5 });
    expect(result.TargetGroupAttributes).toContainEqual({ Key: DELAY, Value: '20' });
  });

  test('unless the rollout says otherwise', () => {
    expect(backend(Rollout.fast({ minHealthyPercent: 60 }), custom).deployment.MinimumHealthyPercent).toBe(60);
  });
});

describe('a rollout applies to', () => {
  test('a container that is added later', () => {
    const service = newWorker();
    Rollout.fast().applyTo(service);
    service.taskDefinition.addContainer('later', { image });
    const [{ ContainerDefinitions }] = properties(service.stack, 'AWS::ECS::TaskDefinition');
    expect(ContainerDefinitions).toMatchObject([{ Name: 'app', StopTimeout: 5 }, { Name: 'later', StopTimeout: 5 }]);
  });

  test('an image of ours, whose tag needs no version consistency', () => {
    const slim = imageOf('', { port: 8080 });
    const cluster = newCluster(Stack.of(slim));
    const construct = newPattern({ taskImageOptions: { image: slim.containerImage } }, 'Pattern', cluster);
    Rollout.fast().applyTo(construct);
    expect(configured(cluster.stack).container.VersionConsistency).toBe('disabled');
  });

  test('a worker, without a grace period', () => {
    const service = newWorker();
    Rollout.fast().applyTo(service);
    expect(properties(service.stack, 'AWS::ECS::Service')[0].HealthCheckGracePeriodSeconds).toBeUndefined();
  });

  test('a queue worker of ecs-patterns', () => {
    const cluster = newCluster();
    Rollout.fast().applyTo(new patterns.QueueProcessingFargateService(cluster.stack, 'Queue', { cluster, image }));
    const [service] = properties(cluster.stack, 'AWS::ECS::Service');
    expect(service.DeploymentConfiguration).toMatchObject({ MinimumHealthyPercent: 100, MaximumPercent: 200 });
  });

  test('a network load balancer of ecs-patterns', () => {
    const cluster = newCluster();
    Rollout.fast().applyTo(new patterns.NetworkLoadBalancedFargateService(cluster.stack, 'Network', { cluster, taskImageOptions: { image } }));
    const { targetGroup } = configured(cluster.stack);
    expect(targetGroup).toMatchObject({ HealthCheckIntervalSeconds: 5, HealthyThresholdCount: 2, HealthCheckTimeoutSeconds: 4 });
  });

  test('every target group of ecs-patterns', () => {
    const cluster = newCluster();
    Rollout.fast().applyTo(new patterns.ApplicationMultipleTargetGroupsFargateService(cluster.stack, 'Many', {
      cluster,
      taskImageOptions: { image, containerPorts: [80, 90] },
      targetGroups: [{ containerPort: 80 }, { containerPort: 90, pathPattern: '/admin*', priority: 10 }],
    }));
    expect(properties(cluster.stack, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject(
      [{ HealthCheckIntervalSeconds: 5 }, { HealthCheckIntervalSeconds: 5 }]);
  });

  test('a service that is attached to its load balancer later, with the target group that is given', () => {
    const worker = newWorker();
    const targetGroup = new ApplicationTargetGroup(worker.stack, 'Targets', { vpc: worker.cluster.vpc, port: 80 });
    const estimate = Rollout.fast().applyTo(worker, targetGroup);
    expect(estimate.totalSeconds).toBe(20);
    targetGroup.addTarget(worker);
    newListener(worker).addTargetGroups('Targets', { targetGroups: [targetGroup] });
    const { service, targetGroup: result } = configured(worker.stack);
    expect([service.LoadBalancers.length, service.HealthCheckGracePeriodSeconds, result.HealthCheckIntervalSeconds]).toEqual([1, 30, 5]);
  });

  test('a target group that is given', () => {
    const { service } = newBackend();
    const other = newPattern({}, 'Other', newCluster()).targetGroup;
    Rollout.fast().applyTo(service, other);
    expect(configured(Stack.of(other)).targetGroup.HealthCheckIntervalSeconds).toBe(5);
  });

  test('a service on EC2, whose placement decides about zones', () => {
    const cluster = newCluster();
    cluster.addCapacity('Capacity', { instanceType: new InstanceType('t3.micro') });
    const taskDefinition = new Ec2TaskDefinition(cluster.stack, 'Task');
    taskDefinition.addContainer('app', { image, memoryLimitMiB: 256 });
    Rollout.fast().applyTo(new Ec2Service(cluster.stack, 'Service', { cluster, taskDefinition }));
    const [service] = properties(cluster.stack, 'AWS::ECS::Service');
    expect(service).toMatchObject({ AvailabilityZoneRebalancing: 'DISABLED', DeploymentConfiguration: { MinimumHealthyPercent: 100 } });
  });
});

describe('a change of the app changes one image in the template, and nothing else, with', () => {
  const templateOf = (source: string, rollout: Rollout) => {
    const slim = imageOf(source, { port: 8080 });
    const cluster = newCluster(Stack.of(slim));
    rollout.applyTo(newPattern({ taskImageOptions: { image: slim.containerImage } }, 'Pattern', cluster));
    return Template.fromStack(cluster.stack).toJSON();
  };

  test.each([['fast', Rollout.fast()], ['stopFirst', Rollout.stopFirst()], ['safe', Rollout.safe()]])('%s', (_name, rollout) => {
    const [before, after] = ['process.exit(1)', 'process.exit(2)'].map((source) => templateOf(source, rollout));
    expect(after).not.toEqual(before);
    const withoutImages = [before, after].map((template) => JSON.stringify(template).replace(/:[0-9a-f]{64}"/g, '"'));
    expect(withoutImages[1]).toBe(withoutImages[0]);
    expect(JSON.stringify(after).match(/[0-9a-f]{64}/g)).toHaveLength(1);
  });
});
