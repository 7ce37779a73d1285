import * as fs from 'node:fs';
import * as path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { InstanceType, Peer, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  AsgCapacityProvider, Cluster, CpuArchitecture, EcsOptimizedImage, ManagedInstancesCapacityProvider, Secret,
} from 'aws-cdk-lib/aws-ecs';
import { ApplicationProtocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { InstanceProfile, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Secret as SecretsManagerSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Capacity, Rollout, SlimNodeImage, SlimNodeImageProps, SlimNodeService, SlimNodeServiceProps } from '../src';
import { newStack, project } from './project';

type Props = Partial<SlimNodeServiceProps>;

function imageProps(props: Partial<SlimNodeImageProps> = {}): SlimNodeImageProps {
  return { entry: path.join(project({ 'index.ts': '' }), 'index.ts'), port: 8080, ...props };
}

function service(props: Props | ((stack: Stack) => Props) = {}, stack = newStack()): SlimNodeService {
  const given = typeof props === 'function' ? props(stack) : props;
  return new SlimNodeService(stack, 'Backend', { imageProps: given.image === undefined ? imageProps() : undefined, ...given });
}

function templateOf(props?: Props | ((stack: Stack) => Props)): Template {
  return Template.fromStack(Stack.of(service(props)));
}

/** The properties of the one resource of a type. */
function only(template: Template, type: string) {
  const [resource, ...others] = Object.values(template.findResources(type));
  expect(others).toEqual([]);
  return resource?.Properties;
}

function failure(props: Props | ((stack: Stack) => Props)): string {
  try {
    service(props);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected an error');
}

describe('by default', () => {
  const template = templateOf();
  const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));

  test('the task runs on Fargate', () => expect(task.Properties.RequiresCompatibilities).toEqual(['FARGATE']));
  test('the task has a quarter of a vCPU', () => expect(task.Properties.Cpu).toBe('256'));
  test('the task has twice as many MiB as CPU units', () => expect(task.Properties.Memory).toBe('512'));
  test('the CPU architecture is X86_64', () => expect(task.Properties.RuntimePlatform.CpuArchitecture).toBe('X86_64'));
  test('the container has the defaults of an image', () => {
    expect(task.Properties.ContainerDefinitions).toEqual([expect.objectContaining({ Name: 'App', User: '65532', ReadonlyRootFilesystem: true })]);
  });

  test('one task runs', () => template.hasResourceProperties('AWS::ECS::Service', { DesiredCount: 1 }));
  test('the tasks have no address on the internet', () => {
    template.hasResourceProperties('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } } });
  });

  test('no load balancer is made', () => template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 0));
  test('nothing is scaled', () => template.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0));
  test('the cluster has Container Insights', () => {
    template.hasResourceProperties('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] });
  });

  test('the network has one NAT gateway', () => template.resourceCountIs('AWS::EC2::NatGateway', 1));
  test('the network logs its flows', () => template.resourceCountIs('AWS::EC2::FlowLog', 1));
  test('nobody can connect to the tasks', () => expect(only(template, 'AWS::EC2::SecurityGroup').SecurityGroupIngress).toBeUndefined());
  test('the rollout is fast', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true }, MinimumHealthyPercent: 100, MaximumPercent: 200 },
    });
  });
});

describe('with a load balancer', () => {
  const template = templateOf({ publicLoadBalancer: true });

  test('it faces the internet', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' });
  });

  test('invalid headers are dropped', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' }]),
    });
  });

  test('requests go to the port of the app', () => {
    template.hasResourceProperties('AWS::ECS::Service', { LoadBalancers: [Match.objectLike({ ContainerName: 'App', ContainerPort: 8080 })] });
  });

  test('everyone may connect', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: 80 })] });
  });

  test('only the load balancer may connect to the tasks', () => {
    expect(only(template, 'AWS::EC2::SecurityGroupIngress')).toMatchObject({ FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: expect.anything() });
  });

  test('a rollout waits 20 s at most', () => {
    expect(service({ publicLoadBalancer: true }).rolloutEstimate?.totalSeconds).toBe(20);
  });

  test('the URL is an output', () => template.hasOutput('*', { Value: { 'Fn::Join': ['', ['http://', Match.anyValue()]] } }));

  test('that is internal, only the network may connect', () => {
    const internal = templateOf({ publicLoadBalancer: false });
    internal.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
    internal.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: { 'Fn::GetAtt': [Match.anyValue(), 'CidrBlock'] }, FromPort: 80 })],
    });
  });

  test('healthCheckPath', () => {
    templateOf({ publicLoadBalancer: true, healthCheckPath: '/healthz' }).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: '/healthz' });
  });

  test('allowedPeers', () => {
    templateOf({ publicLoadBalancer: true, allowedPeers: [Peer.ipv4('192.0.2.0/24')] }).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '192.0.2.0/24' })],
    });
  });

  test('accessLogsBucket', () => {
    const stack = new Stack(newStack().node.root as never, 'Known', { env: { region: 'eu-west-1', account: '111122223333' } });
    service({ publicLoadBalancer: true, accessLogsBucket: new Bucket(stack, 'Logs') }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: Match.arrayWith([{ Key: 'access_logs.s3.enabled', Value: 'true' }]),
    });
  });
});

describe('with a domain', () => {
  const withDomain = (more: Props = {}) => templateOf((stack) => ({
    publicLoadBalancer: true, domainName: 'api.example.com', domainZone: new PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' }), ...more,
  }));

  test('a certificate is made', () => {
    withDomain().hasResourceProperties('AWS::CertificateManager::Certificate', { DomainName: 'api.example.com', ValidationMethod: 'DNS' });
  });

  test('a given certificate is taken', () => {
    const template = templateOf((stack) => ({
      publicLoadBalancer: true, certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/x'),
    }));
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/x' }], Port: 443, Protocol: 'HTTPS',
    });
  });

  test('requests over HTTP are redirected', () => {
    withDomain().hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80, DefaultActions: [Match.objectLike({ RedirectConfig: { Port: '443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' } })],
    });
  });

  test('an alias record is made', () => {
    withDomain().hasResourceProperties('AWS::Route53::RecordSet', { Name: 'api.example.com.', Type: 'A', AliasTarget: Match.anyValue() });
  });

  test('the URL has its name', () => withDomain().hasOutput('*', { Value: 'https://api.example.com' }));
  test('and HTTP nothing is encrypted', () => withDomain({ protocol: ApplicationProtocol.HTTP }).resourceCountIs('AWS::CertificateManager::Certificate', 0));
});

describe('scaled', () => {
  const policies = (props: Props) => Object.values(templateOf({ maxCapacity: 4, publicLoadBalancer: true, ...props })
    .findResources('AWS::ApplicationAutoScaling::ScalingPolicy')).map(({ Properties: { TargetTrackingScalingPolicyConfiguration: configuration } }) =>
    [configuration.PredefinedMetricSpecification.PredefinedMetricType, configuration.TargetValue]);

  test('the number of tasks is not set', () => expect(only(templateOf({ maxCapacity: 4 }), 'AWS::ECS::Service').DesiredCount).toBeUndefined());
  test('it stays within its limits', () => {
    templateOf({ minCapacity: 2, maxCapacity: 4 }).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 4 });
  });

  test('by the CPU unless something else is given', () => expect(policies({})).toEqual([['ECSServiceAverageCPUUtilization', 70]]));
  test('by all that is given', () => {
    expect(policies({ cpuUtilizationPercent: 50, memoryUtilizationPercent: 60, requestsPerTarget: 700 })).toEqual([
      ['ECSServiceAverageCPUUtilization', 50], ['ECSServiceAverageMemoryUtilization', 60], ['ALBRequestCountPerTarget', 700],
    ]);
  });
});

describe('with a queue', () => {
  const worker = (props: Props = {}) => templateOf((stack) => ({ queue: new Queue(stack, 'Queue'), ...props }));

  test('the app may work it off', () => {
    worker().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: Match.arrayWith(['sqs:ReceiveMessage', 'sqs:DeleteMessage']) })] },
    });
  });

  test('the app knows its URL', () => {
    worker().hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ Environment: Match.arrayWith([{ Name: 'QUEUE_URL', Value: { Ref: Match.anyValue() } }]) })],
    });
  });

  test('as many tasks run as the messages need', () => {
    const steps = (props: Props) => Object.values(worker(props).findResources('AWS::ApplicationAutoScaling::ScalingPolicy'))
      .flatMap(({ Properties }) => Properties.StepScalingPolicyConfiguration.StepAdjustments)
      .map(({ ScalingAdjustment }) => ScalingAdjustment).sort();
    expect(steps({ minCapacity: 0, maxCapacity: 4, messagesPerTask: 10 })).toEqual([0, 1, 2, 3, 4]);
  });

  test.each([[0, 0], [1, 1], [10, 1], [11, 2], [39, 4], [1000, 4]])('%i messages at ten a task run %i tasks', (messages, tasks) => {
    expect(tasksFor(worker({ minCapacity: 0, maxCapacity: 4, messagesPerTask: 10 }), messages)).toBe(tasks);
  });

  test('a wide range has as many steps as a policy may have', () => {
    const [least, most] = [0, 500].map((messages) => tasksFor(worker({ minCapacity: 0, maxCapacity: 100, messagesPerTask: 5 }), messages));
    expect([least, most]).toEqual([0, 100]);
  });
});

/** How many tasks the alarms and their policies leave with so many messages. */
function tasksFor(template: Template, messages: number): number | undefined {
  const resources = template.toJSON().Resources;
  for (const { Properties: alarm } of Object.values<any>(template.findResources('AWS::CloudWatch::Alarm'))) {
    const isRaised = alarm.ComparisonOperator === 'GreaterThanOrEqualToThreshold' ? messages >= alarm.Threshold : messages <= alarm.Threshold;
    const { StepAdjustments } = resources[alarm.AlarmActions[0].Ref].Properties.StepScalingPolicyConfiguration;
    const step = StepAdjustments.find(({ MetricIntervalLowerBound: lower = -Infinity, MetricIntervalUpperBound: upper = Infinity }) =>
      messages - alarm.Threshold > lower && messages - alarm.Threshold < upper);
    if (isRaised) {
      return step?.ScalingAdjustment;
    }
  }
  return undefined;
}

describe('with a schedule', () => {
  const scheduled = (props: Props = {}) => service({ schedule: ScheduleExpression.rate(Duration.hours(1)), ...props });

  test('tasks are started', () => {
    Template.fromStack(Stack.of(scheduled())).hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 hour)', Target: { EcsParameters: Match.objectLike({ LaunchType: 'FARGATE' }) },
    });
  });

  test('there is no service', () => {
    Template.fromStack(Stack.of(scheduled())).resourceCountIs('AWS::ECS::Service', 0);
    expect(() => scheduled().service).toThrow("Stack/Backend: tasks are started by a schedule, so that there is no service; use 'schedule' and 'taskDefinition'");
  });

  test('the scheduler may start this task and no other', () => {
    const statements = Object.values(Template.fromStack(Stack.of(scheduled())).findResources('AWS::IAM::Policy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements.filter(({ Action }) => Action === 'ecs:RunTask')).toEqual([expect.objectContaining({ Resource: { Ref: expect.stringContaining('TaskDefinition') } })]);
  });
});

describe('the capacity', () => {
  const strategies = (props: Props | ((stack: Stack) => Props)) => only(templateOf(props), 'AWS::ECS::Service').CapacityProviderStrategy;

  test('of Fargate Spot has a base on demand', () => {
    expect(strategies({ capacity: Capacity.fargateSpot({ onDemandBase: 2 }) })).toEqual([
      { CapacityProvider: 'FARGATE', Base: 2, Weight: 0 }, { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
    ]);
  });

  test('of Fargate Spot alone', () => expect(strategies({ capacity: Capacity.fargateSpot() })).toEqual([{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]));

  const onEc2 = (stack: Stack): Props => {
    const vpc = new Vpc(stack, 'Network');
    const autoScalingGroup = new AutoScalingGroup(stack, 'Instances', { vpc, instanceType: new InstanceType('t3.small'), machineImage: EcsOptimizedImage.amazonLinux2023() });
    return { cluster: new Cluster(stack, 'Cluster', { vpc }), capacity: Capacity.ec2(new AsgCapacityProvider(stack, 'Provider', { autoScalingGroup })) };
  };
  const onManagedInstances = (stack: Stack): Props => {
    const vpc = new Vpc(stack, 'Network');
    const provider = new ManagedInstancesCapacityProvider(stack, 'Provider', {
      subnets: vpc.privateSubnets,
      securityGroups: [new SecurityGroup(stack, 'Instances', { vpc })],
      // The oldest aws-cdk-lib does not make one.
      ec2InstanceProfile: new InstanceProfile(stack, 'Profile', { role: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }) }),
    });
    return { cluster: new Cluster(stack, 'Cluster', { vpc }), capacity: Capacity.managedInstances(provider) };
  };

  test.each([['EC2', onEc2], ['MANAGED_INSTANCES', onManagedInstances]])('of %s is that of its provider', (compatibility, props) => {
    const template = templateOf(props);
    template.hasResourceProperties('AWS::ECS::Service', { CapacityProviderStrategy: [Match.objectLike({ Weight: 1 })], LaunchType: Match.absent() });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', { RequiresCompatibilities: [compatibility], ContainerDefinitions: [Match.objectLike({ Memory: 512 })] });
  });

  test('of EC2 is known to the cluster', () => {
    templateOf(onEc2).hasResourceProperties('AWS::ECS::ClusterCapacityProviderAssociations', { CapacityProviders: [Match.anyValue()] });
  });

  test('of Managed Instances is that of the cluster', () => {
    templateOf(onManagedInstances).hasResourceProperties('AWS::ECS::CapacityProvider', { ClusterName: Match.anyValue() });
  });

  test.each([
    [{ onDemandBase: -1 }, "'onDemandBase' is -1; expected a whole number from 0 to 100000"],
    [{ onDemandWeight: 0.5 }, "'onDemandWeight' is 0.5; expected a whole number from 0 to 1000"],
    [{ spotWeight: 0 }, "'spotWeight' is 0; expected a whole number from 1 to 1000"],
  ])('of Fargate Spot with %j is refused', (options, message) => {
    expect(failure({ capacity: Capacity.fargateSpot(options) })).toBe(`Stack/Backend: ${message}`);
  });
});

describe('the image', () => {
  const image = (stack: Stack, props: Partial<SlimNodeImageProps> = {}) => new SlimNodeImage(stack, 'Image', imageProps(props));
  const builtFor = (built: SlimNodeImage) => JSON.parse(fs.readFileSync(path.join(built.contextDirectory, 'image-plan.json'), 'utf8')).platform;

  test('takes the CPU architecture of the service', () => {
    const stack = newStack();
    const shared = image(stack);
    service({ image: shared, cpuArchitecture: CpuArchitecture.ARM64 }, stack);
    expect(builtFor(shared)).toBe('linux/arm64');
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', { RuntimePlatform: { CpuArchitecture: 'ARM64' } });
  });

  test('is built for linux/amd64 where the service has no wish either', () => {
    const stack = newStack();
    const shared = image(stack);
    service({ image: shared }, stack);
    expect(builtFor(shared)).toBe('linux/amd64');
  });

  test('gives the service its CPU architecture', () => {
    templateOf((stack) => ({ image: image(stack, { platform: Platform.LINUX_ARM64 }) }))
      .hasResourceProperties('AWS::ECS::TaskDefinition', { RuntimePlatform: { CpuArchitecture: 'ARM64' } });
  });

  test('of another platform is refused', () => {
    expect(failure((stack) => ({ image: image(stack, { platform: Platform.LINUX_AMD64 }), cpuArchitecture: CpuArchitecture.ARM64 }))).toBe(
      "Stack/Backend: 'cpuArchitecture' is ARM64 but Stack/Image is built for linux/amd64; set 'platform' of the image or 'cpuArchitecture' so that they match");
  });

  test('in two services of different CPU architectures is refused', () => {
    const stack = newStack();
    const shared = image(stack);
    new SlimNodeService(stack, 'First', { image: shared, cpuArchitecture: CpuArchitecture.ARM64 });
    expect(() => new SlimNodeService(stack, 'Second', { image: shared, cpuArchitecture: CpuArchitecture.X86_64 })).toThrow(
      'Stack/Second: \'cpuArchitecture\' is X86_64 but Stack/Image is built for linux/arm64');
  });

  test('is made from its properties', () => expect(service().image.node.path).toBe('Stack/Backend/Image'));
});

describe('enableExecuteCommand', () => {
  test('makes the root file system writable', () => {
    const template = templateOf({ enableExecuteCommand: true });
    template.hasResourceProperties('AWS::ECS::Service', { EnableExecuteCommand: true });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', { ContainerDefinitions: [Match.objectLike({ ReadonlyRootFilesystem: false })] });
  });
});

test('options reach the container', () => {
  templateOf((stack) => ({ container: { environment: { A: 'b' }, secrets: { TOKEN: Secret.fromSecretsManager(new SecretsManagerSecret(stack, 'Token')) } } }))
    .hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ Environment: Match.arrayWith([{ Name: 'A', Value: 'b' }]), Secrets: [Match.objectLike({ Name: 'TOKEN' })] })],
    });
});

test('a rollout of one\'s own is applied', () => {
  templateOf({ rollout: Rollout.stopFirst() }).hasResourceProperties('AWS::ECS::Service', {
    DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100 },
  });
});

test.each(['blue/green', 'with a load balancer'])('two services work in one stack: %s', (kind) => {
  const stack = newStack();
  const props = { publicLoadBalancer: true, rollout: kind === 'blue/green' ? Rollout.safe() : undefined };
  const first = new SlimNodeService(stack, 'First', { ...props, imageProps: imageProps() });
  new SlimNodeService(stack, 'Second', { ...props, imageProps: imageProps(), cluster: first.cluster });
  Template.fromStack(stack).resourceCountIs('AWS::ECS::Service', 2);
});

test('the ids of what would be replaced are stable', () => {
  const template = templateOf({ publicLoadBalancer: true });
  const ids = ['AWS::ECS::Service', 'AWS::ECS::TaskDefinition', 'AWS::ECS::Cluster', 'AWS::EC2::VPC', 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::ElasticLoadBalancingV2::Listener', 'AWS::Logs::LogGroup'].flatMap((type) => Object.keys(template.findResources(type)));
  expect(ids).toEqual([
    'BackendService10C26BD4', 'BackendTaskDefinition35F63C58', 'BackendCluster490D36CF', 'BackendVpc0A0A0F09', 'BackendLoadBalancerC45365EC',
    'BackendLoadBalancerListenerTasksGroupA806303D', 'BackendLoadBalancerListenerFE461B55', 'BackendFlowLogs8481AC00', 'BackendTaskDefinitionAppLogsCADB5BF8',
  ]);
});

describe('the parts are public:', () => {
  const given = service({ publicLoadBalancer: true, maxCapacity: 2 });
  test.each(['image', 'cluster', 'taskDefinition', 'container', 'service', 'loadBalancer', 'listener', 'targetGroup', 'scaling', 'connections', 'rolloutEstimate'] as const)(
    '%s', (part) => expect(given[part]).toBeDefined());
});

describe('fails for', () => {
  test.each<[string, Props, string]>([
    ['no image', { imageProps: undefined }, "no image; expected one of them: set 'image' or 'imageProps'"],
    ['no port', { publicLoadBalancer: true, imageProps: imageProps({ port: undefined }) }, "a load balancer needs the port that the app listens on; set 'port' of the image"],
    ['a health check path without a slash', { publicLoadBalancer: true, healthCheckPath: 'healthz' },
      "'healthCheckPath' is \"healthz\"; expected an absolute path, such as '/healthz'"],
    ['an unknown CPU', { cpu: 300 }, "'cpu' is 300, which Fargate does not have; set it to 256, 512, 1024, 2048, 4096, 8192 or 16384"],
    ['too much memory', { cpu: 256, memoryLimitMiB: 4096 },
      "'memoryLimitMiB' is 4096, which Fargate does not have with 256 CPU units; set it to 512, 1024 or 2048, or change 'cpu'"],
    ['memory between two steps', { cpu: 8192, memoryLimitMiB: 17408 },
      "'memoryLimitMiB' is 17408, which Fargate does not have with 8192 CPU units; set it to 16384 to 61440 in steps of 4096, or change 'cpu'"],
    ['HTTPS without a certificate', { publicLoadBalancer: true, protocol: ApplicationProtocol.HTTPS },
      "'protocol' is HTTPS, which needs a certificate; set 'domainName' and 'domainZone' to have one made, or 'certificate'"],
    ['a domain without a zone', { publicLoadBalancer: true, domainName: 'a.example.com' },
      "'domainName' needs the zone that its record is made in; set 'domainZone', or give only a 'certificate' and make the record yourself"],
    ['a read-only root file system with execute-command', { enableExecuteCommand: true, container: { readonlyRootFilesystem: true } },
      "'enableExecuteCommand' needs a writable root file system, as its agent writes to it; leave out 'readonlyRootFilesystem'"],
    ['a domain without a load balancer', { domainName: 'a.example.com' },
      "'domainName' is for a service with a load balancer; set 'publicLoadBalancer' to true, or to false for an internal one"],
    ['a schedule with a load balancer', { publicLoadBalancer: true, schedule: ScheduleExpression.rate(Duration.hours(1)) },
      "'schedule' is for a worker, which has no load balancer; leave out 'publicLoadBalancer', or make a service for each"],
    ['a schedule with a rollout', { rollout: Rollout.fast(), schedule: ScheduleExpression.rate(Duration.hours(1)) },
      "'rollout' is for a service that runs all the time, and 'schedule' starts single tasks; leave one of them out"],
    ['less at most than at least', { minCapacity: 3, maxCapacity: 2 }, "'maxCapacity' is 2 and 'minCapacity' is 3; expected at least as many"],
    ['half a task', { minCapacity: 0.5 }, "'minCapacity' is 0.5; expected a whole number of at least 0"],
    ['a measure without room', { cpuUtilizationPercent: 50 }, "'cpuUtilizationPercent' scales the service, but 'maxCapacity' is not above 'minCapacity', 1; set 'maxCapacity'"],
    ['more than all of the CPU', { cpuUtilizationPercent: 120, maxCapacity: 2 }, "'cpuUtilizationPercent' is 120; expected a whole number from 1 to 100"],
    ['requests without a load balancer', { requestsPerTarget: 100, maxCapacity: 2 },
      "'requestsPerTarget' is for a service with a load balancer; set 'publicLoadBalancer' to true, or to false for an internal one"],
    ['messages without a queue', { messagesPerTask: 100 }, "'messagesPerTask' is for a worker with a queue; set 'queue'"],
  ])('%s', (_, props, message) => expect(failure(props)).toBe(`Stack/Backend: ${message}`));

  test('an image and properties of one', () => {
    expect(failure((stack) => ({ image: new SlimNodeImage(stack, 'Image', imageProps()), imageProps: imageProps() }))).toBe(
      "Stack/Backend: both 'image' and 'imageProps'; expected one of them: set 'image' or 'imageProps'");
  });

  test('a cluster and a network', () => {
    expect(failure((stack) => ({ cluster: new Cluster(stack, 'Cluster'), vpc: new Vpc(stack, 'Vpc') }))).toBe(
      "Stack/Backend: both 'cluster' and 'vpc'; a cluster has its own network, so leave out 'vpc'");
  });
});

test.each([[256, 512], [256, 1024], [256, 2048], [512, 1024], [1024, 8192], [4096, 30720], [8192, 61440], [16384, 122880]])(
  'Fargate has %i CPU units with %i MiB', (cpu, memoryLimitMiB) => {
    templateOf({ cpu, memoryLimitMiB }).hasResourceProperties('AWS::ECS::TaskDefinition', { Cpu: `${cpu}`, Memory: `${memoryLimitMiB}` });
  });
