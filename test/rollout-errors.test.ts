import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import {
  AlternateTarget, DeploymentControllerType, Ec2Service, Ec2ServiceProps, Ec2TaskDefinition, FargateServiceProps,
  ListenerRuleConfiguration, PlacementStrategy,
} from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import {
  ApplicationListenerRule, ApplicationLoadBalancer, ApplicationTargetGroup, ListenerAction, ListenerCondition, TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Rollout, RolloutOptions, RolloutStrategy } from '../src';
import { newStack } from './project';
import { image, newBackend, newCluster, newListener, newPattern, newWorker } from './rollout-services';

const { BLUE_GREEN, CANARY, LINEAR } = RolloutStrategy;

function applying(rollout: Rollout, props: Partial<FargateServiceProps> = {}) {
  const { service } = newBackend(props);
  return () => rollout.applyTo(service);
}

function applyingOnEc2(rollout: Rollout, props: Partial<Ec2ServiceProps> = {}) {
  const cluster = newCluster();
  cluster.addCapacity('Capacity', { instanceType: new InstanceType('t3.micro') });
  const taskDefinition = new Ec2TaskDefinition(cluster.stack, 'Task');
  taskDefinition.addContainer('app', { image, memoryLimitMiB: 256 });
  const service = new Ec2Service(cluster.stack, 'Service', { cluster, taskDefinition, ...props });
  return () => rollout.applyTo(service);
}

describe('a value that no service can have is refused:', () => {
  test.each<[RolloutOptions, string]>([
    [{ healthCheckInterval: Duration.seconds(4) }, "'healthCheckInterval' of the rollout is 4 seconds; expected whole seconds from 5 to 300"],
    [{ healthCheckInterval: Duration.millis(5500) }, "'healthCheckInterval' of the rollout is 5.5 seconds; expected whole seconds from 5 to 300"],
    [{ healthCheckTimeout: Duration.seconds(1) }, "'healthCheckTimeout' of the rollout is 1 seconds; expected whole seconds from 2 to 120"],
    [{ deregistrationDelay: Duration.hours(2) }, "'deregistrationDelay' of the rollout is 7200 seconds; expected whole seconds from 0 to 3600"],
    [{ stopTimeout: Duration.seconds(121) }, "'stopTimeout' of the rollout is 121 seconds; expected whole seconds from 1 to 120"],
    [{ healthyThreshold: 1 }, "'healthyThreshold' of the rollout is 1; expected a whole number from 2 to 10"],
    [{ minHealthyPercent: -1 }, "'minHealthyPercent' of the rollout is -1; expected a whole number from 0 to 100"],
    [{ minHealthyPercent: 101 }, "'minHealthyPercent' of the rollout is 101; expected a whole number from 0 to 100"],
    [{ maxHealthyPercent: 99 }, "'maxHealthyPercent' of the rollout is 99; expected a whole number from 100 to 200"],
    [{ maxHealthyPercent: 201 }, "'maxHealthyPercent' of the rollout is 201; expected a whole number from 100 to 200"],
    [{ maxHealthyPercent: NaN }, "'maxHealthyPercent' of the rollout is NaN; expected a whole number from 100 to 200"],
    [{ strategy: BLUE_GREEN, bakeTime: Duration.seconds(90) }, "'bakeTime' of the rollout is 1.5 minutes; expected whole minutes from 0 to 1440"],
    [{ strategy: LINEAR, stepBakeTime: Duration.days(2) }, "'stepBakeTime' of the rollout is 2880 minutes; expected whole minutes from 0 to 1440"],
  ])('%j', (options, message) => {
    expect(applying(Rollout.custom(options))).toThrow(`Stack/Service: ${message}`);
  });

  test('but EC2 takes a longer stop timeout', () => {
    expect(applyingOnEc2(Rollout.fast({ stopTimeout: Duration.minutes(10) }))).not.toThrow();
  });
});

describe('percentages that go nowhere are refused:', () => {
  test('all tasks are kept and none may come', () => {
    expect(applying(Rollout.fast({ maxHealthyPercent: 100 }))).toThrow(
      "Stack/Service: 'minHealthyPercent' is 100 and 'maxHealthyPercent' is 100; ECS could neither stop an old task nor start a new one: " +
      "expected a 'minHealthyPercent' below 'maxHealthyPercent', such as 100 and 200");
  });

  test('of one task, half of one may come', () => {
    expect(applying(Rollout.fast({ maxHealthyPercent: 150 }), { desiredCount: 1 })).toThrow(
      "Stack/Service: with 1 desired tasks, a 'minHealthyPercent' of 100 keeps 1 of them and a 'maxHealthyPercent' of 150 allows no more, " +
      "so that ECS can't replace any; set 'maxHealthyPercent' to 200 or 'minHealthyPercent' to 0");
  });

  test('but beside one task of the old version, one of the new may come', () => {
    expect(applying(Rollout.safe({ maxHealthyPercent: 150 }), { desiredCount: 1 })).not.toThrow();
  });

  test('but of two tasks, one more may come', () => {
    expect(applying(Rollout.fast({ maxHealthyPercent: 150 }), { desiredCount: 2 })).not.toThrow();
  });
});

describe('a balance of zones is refused', () => {
  test('where no task may start before one is stopped', () => {
    expect(applying(Rollout.stopFirst({ availabilityZoneRebalancing: true }))).toThrow(
      "Stack/Service: ECS can't balance it across Availability Zones: 'maxHealthyPercent' is 100, and a task in another zone has to start before one is stopped; " +
      "set it above 100, or 'availabilityZoneRebalancing' to false");
  });

  test('where tasks are placed otherwise', () => {
    expect(applyingOnEc2(Rollout.fast({ availabilityZoneRebalancing: true }), { placementStrategies: [PlacementStrategy.packedByCpu()] })).toThrow(
      "Stack/Service: ECS can't balance it across Availability Zones: its first placement strategy is not to spread across zones; " +
      "put that first, or set 'availabilityZoneRebalancing' to false");
  });
});

describe('a strategy is refused', () => {
  test('that has no room for both versions', () => {
    expect(applying(Rollout.stopFirst({ strategy: BLUE_GREEN }))).toThrow(
      "Stack/Service: a BLUE_GREEN rollout runs both versions side by side, and 'maxHealthyPercent' is 100; set it above 100, or 'strategy' to ROLLING");
  });

  test('with steps where there are none', () => {
    expect(applying(Rollout.safe({ stepPercent: 10 }))).toThrow(
      "Stack/Service: 'stepPercent' and 'stepBakeTime' are of CANARY and LINEAR rollouts, and this one is BLUE_GREEN; set 'strategy', or leave them out");
  });

  test.each([[CANARY, 0.05, '0.1'], [CANARY, 101, '0.1'], [LINEAR, 2, '3'], [LINEAR, 3.25, '3']])('%s with steps of %d %%', (strategy, stepPercent, least) => {
    expect(applying(Rollout.safe({ strategy, stepPercent }))).toThrow(
      `Stack/Service: 'stepPercent' of the rollout is ${stepPercent}; ECS takes multiples of 0.1 from ${least} to 100 for ${strategy}`);
  });

  test('that CloudFormation would give up on', () => {
    expect(applying(Rollout.safe({ strategy: LINEAR, stepPercent: 10, stepBakeTime: Duration.hours(4) }))).toThrow(
      'Stack/Service: the rollout takes 36.1 hours of bake time and steps; CloudFormation takes up to 33');
  });

  test('with a circuit breaker that it does not have', () => {
    expect(applying(Rollout.safe({ strategy: CANARY, circuitBreaker: true }))).toThrow(
      "Stack/Service: ECS has no circuit breaker for CANARY rollouts; give 'alarms', or use BLUE_GREEN");
  });

  test('with a bake time in which nothing is watched', () => {
    expect(applying(Rollout.fast({ bakeTime: Duration.minutes(5) }))).toThrow("Stack/Service: 'bakeTime' of a ROLLING rollout is how long alarms are watched");
  });

  test('in steps without anything to shift', () => {
    const worker = newWorker();
    expect(() => Rollout.safe({ strategy: CANARY }).applyTo(worker)).toThrow(
      'Stack/Service: a CANARY rollout moves requests in steps, and there is neither a load balancer nor Service Connect; ' +
      'attach the service to its load balancer before the rollout is applied, or use BLUE_GREEN');
  });
});

describe('an alternate target', () => {
  const alternate = () => {
    const stack = newStack();
    const vpc = newCluster(stack).vpc;
    const alternateTargetGroup = new ApplicationTargetGroup(stack, 'Green', { vpc, port: 80, targetType: TargetType.IP });
    const listener = new ApplicationLoadBalancer(stack, 'Balancer', { vpc }).addListener('Http', { port: 80 });
    const rule = new ApplicationListenerRule(stack, 'Rule', {
      listener, priority: 1, conditions: [ListenerCondition.pathPatterns(['*'])], action: ListenerAction.forward([alternateTargetGroup]),
    });
    return new AlternateTarget('Mine', { alternateTargetGroup, productionListener: ListenerRuleConfiguration.applicationListenerRule(rule) });
  };

  test('is refused where nothing is shifted', () => {
    expect(applying(Rollout.fast({ alternateTarget: alternate() }))).toThrow(
      "Stack/Service: 'alternateTarget' is given and the rollout is ROLLING; set 'strategy', or leave it out");
  });

  test('is refused where there is no target group', () => {
    const worker = newWorker();
    expect(() => Rollout.safe({ alternateTarget: alternate() }).applyTo(worker)).toThrow(
      "Stack/Service: 'alternateTarget' is for a service with one target group, and this one has 0 without an alternate target");
  });

  test('is asked for where no listener forwards to the target group', () => {
    const worker = newWorker();
    new ApplicationTargetGroup(worker.stack, 'Blue', { vpc: worker.cluster.vpc, port: 80, targets: [worker] });
    expect(() => Rollout.safe().applyTo(worker)).toThrow(
      "Stack/Service: found no listener that forwards to Stack/Blue/Resource; add the target group to a listener before the rollout is applied, or give 'alternateTarget' to the rollout");
  });

  test('is asked for where several do', () => {
    const { service, targetGroup } = newBackend();
    new ApplicationLoadBalancer(service.stack, 'Second', { vpc: service.cluster.vpc }).addListener('Http', { port: 80, defaultTargetGroups: [targetGroup] });
    expect(() => Rollout.safe().applyTo(service)).toThrow(
      'Stack/Service: Stack/Balancer/Http/Resource, Stack/Second/Http/Resource forward to Stack/Balancer/Http/TargetsGroup/Resource, and ECS changes one');
  });

  test('is asked for where the target group is of another app', () => {
    const worker = newWorker();
    worker.attachToApplicationTargetGroup(ApplicationTargetGroup.fromTargetGroupAttributes(worker.stack, 'Blue', {
      targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/0123456789abcdef',
    }));
    expect(() => Rollout.safe().applyTo(worker)).toThrow("Stack/Service: is attached to a load balancer or target group of another app, of which a rollout can't make a second one");
  });
});

describe('a construct is refused', () => {
  test('without a service', () => {
    const cluster = newCluster();
    const task = new patterns.ScheduledFargateTask(cluster.stack, 'Nightly', {
      cluster, schedule: Schedule.cron({}), scheduledFargateTaskImageOptions: { image, memoryLimitMiB: 512 },
    });
    expect(() => Rollout.fast().applyTo(task)).toThrow('Stack/Nightly: holds no service that a rollout can be applied to; ' +
      'expected a FargateService, an Ec2Service, or a construct that holds one, such as those of aws-ecs-patterns');
  });

  test('with two services', () => {
    const cluster = newCluster();
    for (const id of ['One', 'Two']) newPattern({}, id, cluster);
    expect(() => Rollout.fast().applyTo(cluster.stack)).toThrow('Stack: holds 2 services: Stack/One/Service, Stack/Two/Service; apply a rollout to each of them');
  });

  test('that has had a rollout', () => {
    const { service } = newBackend();
    Rollout.fast().applyTo(service);
    expect(() => Rollout.safe().applyTo(service)).toThrow('Stack/Service: a rollout has been applied to it before; apply one, with all options');
  });

  test('whose rollouts are not of ECS', () => {
    expect(applying(Rollout.fast(), { deploymentController: { type: DeploymentControllerType.CODE_DEPLOY } })).toThrow(
      "Stack/Service: its deployment controller is CODE_DEPLOY, and a rollout is done by ECS; remove 'deploymentController'");
  });

  test('that runs on every instance', () => {
    expect(applyingOnEc2(Rollout.fast(), { daemon: true })).toThrow('Stack/Service: it runs one task on each instance, for which ECS has its own percentages');
  });
});

test('a rollout that is refused changes nothing', () => {
  const { service } = newBackend();
  const { service: untouched } = newBackend();
  expect(() => Rollout.safe({ stepPercent: 10 }).applyTo(service)).toThrow();
  expect(Template.fromStack(Stack.of(service)).toJSON()).toEqual(Template.fromStack(untouched.stack).toJSON());
});

test('a load balancer that comes after a rollout with two versions is refused at synthesis', () => {
  const worker = newWorker();
  Rollout.safe().applyTo(worker);
  newListener(worker).addTargets('Targets', { port: 80, targets: [worker] });
  expect(() => Template.fromStack(worker.stack)).toThrow(
    'Stack/Service: was attached to a load balancer after a BLUE_GREEN rollout was applied; attach it before');
});

test('a health check that takes longer than its interval is refused at synthesis', () => {
  const { service, targetGroup } = newBackend();
  Rollout.fast().applyTo(service);
  targetGroup.configureHealthCheck({ timeout: Duration.seconds(10) });
  expect(() => Template.fromStack(service.stack)).toThrow('Stack/Service: health check timeout of Stack/Balancer/Http/TargetsGroup/Resource is 10 s and the interval is 5 s; ' +
    "the timeout has to be shorter: set 'healthCheckInterval' or 'healthCheckTimeout' of the rollout");
});
