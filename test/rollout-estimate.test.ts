import { Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { FargateServiceProps } from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import { HealthCheck, Rollout, RolloutEstimate, RolloutStrategy } from '../src';
import { imageOf } from './project';
import { image, newBackend, newCluster, newPattern, newTask, newWorker } from './rollout-services';

function estimate(rollout: Rollout, props: Partial<FargateServiceProps> = {}): RolloutEstimate {
  return rollout.applyTo(newBackend(props).service);
}

function seconds({ steps }: RolloutEstimate): { [name: string]: number } {
  return Object.fromEntries(steps.map((step) => [step.name, step.seconds]));
}

describe('behind a load balancer, the sum of the waits', () => {
  // 30 s × 5 checks, 300 s to drain and 30 s to stop, against 5 s × 2, 5 s and 5 s.
  test('is more than 330 s by default', () => expect(estimate(Rollout.custom({})).totalSeconds).toBe(480));
  test('is at most 20 s in fast', () => expect(estimate(Rollout.fast()).totalSeconds).toBe(20));
  test('of fast is compared with the default', () => expect(estimate(Rollout.fast()).defaultSeconds).toBe(480));
  test('of stopFirst is that of fast', () => expect(estimate(Rollout.stopFirst()).totalSeconds).toBe(20));
  test('of safe has the bake time', () => expect(estimate(Rollout.safe()).totalSeconds).toBe(345));
  test('is the same for ecs-patterns', () => expect(Rollout.fast().applyTo(newPattern()).totalSeconds).toBe(20));
});

describe('the steps', () => {
  test('are in the order of a rollout', () => {
    expect(estimate(Rollout.fast()).steps.map(({ name }) => name)).toEqual(['load balancer health check', 'deregistration delay', 'stop timeout']);
  });

  test('begin with the stop in stopFirst', () => {
    expect(estimate(Rollout.stopFirst()).steps.map(({ name }) => name)).toEqual(['deregistration delay', 'stop timeout', 'load balancer health check']);
  });

  test('say where a number comes from', () => {
    expect(estimate(Rollout.safe()).steps.map(({ source }) => source)).toEqual(Array(4).fill(expect.stringMatching(/; ".+", Amazon ECS (API reference|Developer Guide)$/)));
  });

  test('follow options', () => {
    expect(seconds(estimate(Rollout.fast({
      healthCheckInterval: Duration.seconds(10), healthyThreshold: 3, deregistrationDelay: Duration.seconds(45), stopTimeout: Duration.seconds(60),
    })))).toEqual({ 'load balancer health check': 30, 'deregistration delay': 45, 'stop timeout': 60 });
  });

  test('follow what is configured after the rollout', () => {
    const { service, targetGroup } = newBackend();
    const later = Rollout.fast().applyTo(service);
    targetGroup.configureHealthCheck({ interval: Duration.seconds(15) });
    targetGroup.setAttribute('deregistration_delay.timeout_seconds', '25');
    service.taskDefinition.addContainer('slow', { image, stopTimeout: Duration.seconds(100) });
    expect(seconds(later)).toEqual({ 'load balancer health check': 30, 'deregistration delay': 25, 'stop timeout': 100 });
  });

  test('come once for each half where only half may be replaced at once', () => {
    expect(estimate(Rollout.fast({ minHealthyPercent: 50, maxHealthyPercent: 100 })).totalSeconds).toBe(40);
  });

  test('are those of the example in the docs', () => {
    expect(seconds(estimate(Rollout.custom({
      healthCheckInterval: Duration.seconds(10), deregistrationDelay: Duration.seconds(60), minHealthyPercent: 50, maxHealthyPercent: 100,
    })))).toEqual({ 'load balancer health check': 100, 'deregistration delay': 120, 'stop timeout': 60 });
  });

  test('of a canary are its bake time and that of the whole', () => {
    const canary = Rollout.safe({ strategy: RolloutStrategy.CANARY, stepBakeTime: Duration.minutes(3), bakeTime: Duration.minutes(1) });
    expect(seconds(estimate(canary))).toMatchObject({ 'canary': 180, 'bake time': 60 });
  });

  test('of a linear rollout have no wait after the last step', () => {
    const linear = Rollout.safe({ strategy: RolloutStrategy.LINEAR, stepPercent: 25, stepBakeTime: Duration.minutes(1) });
    expect(seconds(estimate(linear))).toMatchObject({ 'linear steps': 180 });
  });

  test('of a network load balancer have what it takes to follow', () => {
    const cluster = newCluster();
    const network = new patterns.NetworkLoadBalancedFargateService(cluster.stack, 'Network', { cluster, taskImageOptions: { image } });
    expect(seconds(Rollout.safe().applyTo(network))).toMatchObject({ 'network load balancer shift': 600 });
  });
});

describe('without a load balancer, the sum of the waits', () => {
  test('is 40 s and the stop timeout', () => {
    expect(seconds(Rollout.fast().applyTo(newWorker()))).toEqual({ 'no health check': 40, 'stop timeout': 5 });
  });

  test('is one check of the container where it has one', () => {
    const worker = newWorker({}, (stack) => {
      const task = newTask(stack);
      imageOf('', { port: 8080 }).addToTaskDefinition(task, { healthCheck: HealthCheck.tcp(), containerName: 'worker' });
      return task;
    });
    expect(seconds(Rollout.fast().applyTo(worker))).toEqual({ 'container health check': 5, 'stop timeout': 5 });
  });
});

describe('synthesis', () => {
  const line = 'a rollout waits up to 20 s: load balancer health check 10 s, deregistration delay 5 s, stop timeout 5 s (480 s by default)';

  test('says what a rollout waits for', () => {
    const { service } = newBackend();
    Rollout.fast().applyTo(service);
    Annotations.fromStack(service.stack).hasInfo('/Stack/Service', Match.stringLikeRegexp(line.replace(/[()]/g, '\\$&')));
  });

  test('says what the estimate says', () => expect(`${estimate(Rollout.fast())}`).toBe(line));

  test('does not advise to set what is set', () => {
    const { service } = newBackend();
    Rollout.fast().applyTo(service);
    Annotations.fromStack(service.stack).hasNoWarning('/Stack/Service', Match.anyValue());
  });

  test('advises to set what a custom rollout does not set', () => {
    const { service } = newBackend();
    Rollout.custom({}).applyTo(service);
    Annotations.fromStack(service.stack).hasWarning('/Stack/Service', Match.stringLikeRegexp('minHealthyPercent'));
  });
});
