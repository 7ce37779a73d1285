import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AlternateTarget, CfnService, DeploymentLifecycleLambdaTarget, DeploymentLifecycleStage, FargateService, ListenerRuleConfiguration } from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationListenerRule, ApplicationLoadBalancer, ApplicationTargetGroup, ListenerAction, ListenerCondition, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Rollout, RolloutOptions, RolloutStrategy } from '../src';
import { newStack } from './project';
import { image, newBackend, newCluster, newListener, newPattern, newTask, newWorker, properties } from './rollout-services';

const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

const notFound = ListenerAction.fixedResponse(404);

function service(stack: Stack) {
  return properties(stack, 'AWS::ECS::Service')[0];
}

function deployment(options: RolloutOptions) {
  const { service: backend } = newBackend();
  Rollout.safe(options).applyTo(backend);
  return service(backend.stack).DeploymentConfiguration;
}

function alarmOf(stack: Stack, id: string): Alarm {
  const metric = new Metric({ namespace: 'Backend', metricName: 'Errors' });
  return new Alarm(stack, id, { metric, alarmName: `backend-${id}`, threshold: 1, evaluationPeriods: 1 });
}

function safeStack(options: RolloutOptions = {}): Stack {
  const { service: backend, targetGroup } = newBackend();
  targetGroup.configureHealthCheck({ path: '/healthz' });
  Rollout.safe(options).applyTo(backend);
  return backend.stack;
}

describe('safe behind an application load balancer', () => {
  test('makes a target group like the first', () => {
    const [first, second] = properties(safeStack(), TARGET_GROUP);
    expect(second).toEqual(first);
  });

  test('chooses between them in the last rule of the listener', () => {
    const stack = safeStack();
    expect(properties(stack, RULE)).toEqual([{
      ListenerArn: { Ref: expect.stringMatching(/^BalancerHttp/) },
      Priority: 50_000,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['*'] } }],
      Actions: [{
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: { Ref: expect.stringMatching(/^BalancerHttpTargetsGroup[0-9A-F]+$/) }, Weight: 100 },
            { TargetGroupArn: { Ref: expect.stringMatching(/^BalancerHttpTargetsGroupAlternate/) }, Weight: 0 },
          ],
        },
      }],
    }]);
  });

  test('tells ECS of them', () => {
    expect(service(safeStack()).LoadBalancers).toEqual([expect.objectContaining({
      ContainerName: 'app',
      AdvancedConfiguration: {
        AlternateTargetGroupArn: { Ref: expect.stringMatching(/^BalancerHttpTargetsGroupAlternate/) },
        ProductionListenerRule: { Ref: expect.stringMatching(/^BalancerHttpTargetsGroupProductionRule/) },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^ServiceRolloutRole/), 'Arn'] },
      },
    })]);
  });

  test('lets ECS change the load balancer, and nobody else', () => {
    const role = properties(safeStack(), 'AWS::IAM::Role').find(({ ManagedPolicyArns }) => ManagedPolicyArns !== undefined);
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' } }]);
    expect(JSON.stringify(role.ManagedPolicyArns)).toContain('/AmazonECSInfrastructureRolePolicyForLoadBalancers');
  });

  test('uses the rule that there is', () => {
    const backend = newWorker();
    newListener(backend, notFound).addTargets('Targets', { port: 80, targets: [backend], priority: 7, conditions: [ListenerCondition.hostHeaders(['a.example'])] });
    Rollout.safe().applyTo(backend);
    const rules = properties(backend.stack, RULE);
    expect(rules).toMatchObject([{ Priority: 7, Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ Weight: 100 }, { Weight: 0 }] } }] }]);
    expect(rules[0].Actions[0].TargetGroupArn).toBeUndefined();
  });

  test('works where the load balancer is in another stack, by its rule', () => {
    const cluster = newCluster(new Stack(newStack().node.scope, 'Balancers'));
    const stack = new Stack(cluster.stack.node.scope, 'Services');
    const backend = new FargateService(stack, 'Service', { cluster, taskDefinition: newTask(stack) });
    const listener = new ApplicationLoadBalancer(cluster.stack, 'Balancer', { vpc: cluster.vpc }).addListener('Http', { port: 80, defaultAction: notFound });
    listener.addTargets('Targets', { port: 80, targets: [backend], priority: 7, conditions: [ListenerCondition.pathPatterns(['/api/*'])] });
    const estimate = Rollout.safe().applyTo(backend);
    expect(JSON.stringify(service(stack).LoadBalancers[0].AdvancedConfiguration.AlternateTargetGroupArn)).toContain('Balancers:ExportsOutputRef');
    expect(estimate.totalSeconds).toBe(345);
    expect(properties(cluster.stack, RULE)[0].Actions[0].ForwardConfig.TargetGroups).toHaveLength(2);
  });

  test('leaves an alternate target alone that the service has', () => {
    const backend = newWorker();
    const { stack } = backend;
    const [blue, green] = ['Blue', 'Green'].map((id) => new ApplicationTargetGroup(stack, id, { vpc: backend.cluster.vpc, port: 80, targetType: TargetType.IP }));
    const rule = new ApplicationListenerRule(stack, 'Rule', {
      listener: newListener(backend, notFound), priority: 1, conditions: [ListenerCondition.pathPatterns(['*'])], action: ListenerAction.forward([blue]),
    });
    const alternateTarget = new AlternateTarget('Mine', { alternateTargetGroup: green, productionListener: ListenerRuleConfiguration.applicationListenerRule(rule) });
    blue.addTarget(backend.loadBalancerTarget({ containerName: 'app', containerPort: 8080, alternateTarget }));
    Rollout.safe().applyTo(backend);
    expect(properties(stack, TARGET_GROUP)).toHaveLength(2);
  });

  test('takes an alternate target', () => {
    const backend = newWorker();
    const { stack } = backend;
    const listener = newListener(backend);
    listener.addTargets('Targets', { port: 80, targets: [backend] });
    const green = new ApplicationTargetGroup(stack, 'Green', { vpc: backend.cluster.vpc, port: 80, targetType: TargetType.IP });
    const rule = new ApplicationListenerRule(stack, 'Rule', {
      listener, priority: 1, conditions: [ListenerCondition.pathPatterns(['*'])], action: ListenerAction.forward([green]),
    });
    const productionListener = ListenerRuleConfiguration.applicationListenerRule(rule);
    Rollout.safe({ alternateTarget: new AlternateTarget('Mine', { alternateTargetGroup: green, productionListener }) }).applyTo(backend);
    expect(service(stack).LoadBalancers[0].AdvancedConfiguration).toMatchObject({
      AlternateTargetGroupArn: { Ref: expect.stringMatching(/^Green/) }, ProductionListenerRule: { Ref: expect.stringMatching(/^Rule/) },
    });
    expect(properties(stack, TARGET_GROUP)).toMatchObject([{ HealthCheckIntervalSeconds: 5 }, { HealthCheckIntervalSeconds: 5 }]);
  });
});

describe('safe on ecs-patterns', () => {
  test('wires an application load balancer', () => {
    const pattern = newPattern();
    Rollout.safe().applyTo(pattern);
    expect(service(Stack.of(pattern)).LoadBalancers[0].AdvancedConfiguration.ProductionListenerRule).toEqual({ Ref: expect.stringMatching(/ProductionRule/) });
  });

  test('wires each target group of one with several', () => {
    const cluster = newCluster();
    Rollout.safe().applyTo(new patterns.ApplicationMultipleTargetGroupsFargateService(cluster.stack, 'Many', {
      cluster,
      taskImageOptions: { image, containerPorts: [80, 90] },
      targetGroups: [{ containerPort: 80 }, { containerPort: 90, pathPattern: '/admin*', priority: 10 }],
    }));
    const [first, second] = service(cluster.stack).LoadBalancers;
    expect(first.AdvancedConfiguration.AlternateTargetGroupArn).not.toEqual(second.AdvancedConfiguration.AlternateTargetGroupArn);
  });

  test('uses the listener of a network load balancer', () => {
    const cluster = newCluster();
    Rollout.safe().applyTo(new patterns.NetworkLoadBalancedFargateService(cluster.stack, 'Network', { cluster, taskImageOptions: { image } }));
    expect(service(cluster.stack).LoadBalancers[0].AdvancedConfiguration.ProductionListenerRule).toEqual({ Ref: expect.stringMatching(/PublicListener/) });
    expect(properties(cluster.stack, RULE)).toEqual([]);
  });

  test('works for two services in one stack', () => {
    const cluster = newCluster();
    for (const id of ['One', 'Two']) Rollout.safe().applyTo(newPattern({}, id, cluster));
    expect(properties(cluster.stack, RULE)).toHaveLength(2);
  });
});

describe('safe without a load balancer', () => {
  test('runs both versions, with nothing to shift', () => {
    const worker = newWorker();
    Rollout.safe().applyTo(worker);
    expect(service(worker.stack).DeploymentConfiguration).toMatchObject({ Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 5 });
    expect(properties(worker.stack, 'AWS::IAM::Role')).toHaveLength(1);
  });
});

describe('the strategy', () => {
  test('CANARY shifts 5 % for 10 minutes', () => {
    expect(deployment({ strategy: RolloutStrategy.CANARY })).toMatchObject({
      Strategy: 'CANARY', BakeTimeInMinutes: 5, CanaryConfiguration: { CanaryPercent: 5, CanaryBakeTimeInMinutes: 10 },
    });
  });

  test('LINEAR shifts what is said', () => {
    const linear = { strategy: RolloutStrategy.LINEAR, stepPercent: 25, stepBakeTime: Duration.minutes(2), bakeTime: Duration.minutes(0) };
    expect(deployment(linear)).toMatchObject({
      Strategy: 'LINEAR', BakeTimeInMinutes: 0, LinearConfiguration: { StepPercent: 25, StepBakeTimeInMinutes: 2 },
    });
  });

  test.each([RolloutStrategy.CANARY, RolloutStrategy.LINEAR])('%s has no circuit breaker', (strategy) => {
    expect(deployment({ strategy }).DeploymentCircuitBreaker).toBeUndefined();
  });

  test('of the service stays', () => {
    const { service: backend } = newBackend();
    (backend.node.defaultChild as CfnService).deploymentConfiguration = { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 20 } };
    Rollout.safe().applyTo(backend);
    expect(service(backend.stack).DeploymentConfiguration).toMatchObject({ Strategy: 'CANARY', CanaryConfiguration: { CanaryPercent: 20, CanaryBakeTimeInMinutes: 10 } });
  });

  test.each([[Rollout.fast(), 'ROLLING'], [Rollout.safe(), 'BLUE_GREEN'], [Rollout.custom({ strategy: RolloutStrategy.LINEAR }), 'LINEAR']])(
    'is known of a rollout: %#', (rollout, strategy) => expect(rollout.strategy).toBe(strategy));
});

describe('a rollout', () => {
  test('goes back on alarms', () => {
    const { service: backend } = newBackend();
    Rollout.safe({ alarms: [alarmOf(backend.stack, 'errors')] }).applyTo(backend);
    expect(service(backend.stack).DeploymentConfiguration.Alarms).toEqual({ AlarmNames: [{ Ref: expect.stringMatching(/^errors/) }], Enable: true, Rollback: true });
  });

  test('keeps the alarms that there are', () => {
    const { service: backend } = newBackend();
    backend.enableDeploymentAlarms(['mine']);
    Rollout.fast({ alarms: [alarmOf(backend.stack, 'errors')] }).applyTo(backend);
    expect(service(backend.stack).DeploymentConfiguration.Alarms.AlarmNames).toEqual(['mine', { Ref: expect.stringMatching(/^errors/) }]);
  });

  test('asks hooks, of its own and of the service', () => {
    const { service: backend } = newBackend();
    const hook = (id: string) => new DeploymentLifecycleLambdaTarget(
      new LambdaFunction(backend.stack, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('//') }),
      `${id}Hook`, { lifecycleStages: [DeploymentLifecycleStage.POST_SCALE_UP] });
    const estimate = Rollout.safe({ lifecycleHooks: [hook('First')] }).applyTo(backend);
    expect(estimate.totalSeconds).toBeGreaterThan(0);
    backend.addLifecycleHook(hook('Second'));
    expect(service(backend.stack).DeploymentConfiguration.LifecycleHooks).toHaveLength(2);
  });
});
