import * as path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Ec2Service, Ec2TaskDefinition, Secret } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService, NetworkLoadBalancedFargateService, QueueProcessingFargateService, ScheduledFargateTask } from 'aws-cdk-lib/aws-ecs-patterns';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Secret as SecretsManagerSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { HealthCheck, Rollout, SlimNodeImage, SlimNodeImageProps, SlimNodeService } from '../src';
import { clusterOf, serviceOf, vpcOf } from './hotswap/fargate';
import { project, temporaryFolder, write } from './project';

/** Makes an image of an app of which a line changes, or of another one, which stays the same. */
type MakeImage = (props?: Partial<SlimNodeImageProps>, id?: string, app?: 'changing.ts' | 'same.ts') => SlimNodeImage;

/** Where the CDK CLI may replace an image by itself. */
const CONTAINER_IMAGE = /^\/Resources\/[^/]+\/Properties\/ContainerDefinitions\/\d+\/Image(\/|$)/;

interface SetUp {
  readonly what: string;
  readonly build: (stack: Stack, image: MakeImage) => unknown;
  /** How many containers have an image whose app changes: one if undefined. */
  readonly containers?: number;
}

const setUps: readonly SetUp[] = [
  { what: 'a Fargate service', build: (stack, image) => serviceOf(stack, image()) },
  { what: 'a port and a health check', build: (stack, image) => serviceOf(stack, image({ port: 8080 }), { healthCheck: HealthCheck.http('/healthz') }) },
  {
    what: 'secrets, an environment and a writable root file system',
    build: (stack, image) => serviceOf(stack, image(), {
      secrets: { PASSWORD: Secret.fromSecretsManager(new SecretsManagerSecret(stack, 'Secret')) },
      environment: { LOG_LEVEL: 'debug' },
      readonlyRootFilesystem: false,
      stopTimeout: Duration.seconds(5),
    }),
  },
  { what: 'labels and variables', build: (stack, image) => serviceOf(stack, image({ labels: { a: 'b' }, environment: { A: 'b' } })) },
  {
    what: 'two containers of an image',
    containers: 2,
    build: (stack, image) => {
      const backend = image();
      backend.addToTaskDefinition(serviceOf(stack, backend).task, { containerName: 'Other', essential: false });
    },
  },
  {
    what: 'two images of an app',
    containers: 2,
    build: (stack, image) => image({ environment: { ROLE: 'worker' } }, 'Worker').addToTaskDefinition(serviceOf(stack, image()).task),
  },
  { what: 'two images of which one changes', build: (stack, image) => image({}, 'Same', 'same.ts').addToTaskDefinition(serviceOf(stack, image()).task) },
  { what: 'SlimNodeService', build: (stack, image) => new SlimNodeService(stack, 'Slim', { image: image() }) },
  {
    what: 'SlimNodeService with a load balancer, scaled',
    build: (stack, image) => new SlimNodeService(stack, 'Slim', { image: image({ port: 8080 }), publicLoadBalancer: true, maxCapacity: 3 }),
  },
  {
    what: 'SlimNodeService with blue/green rollouts',
    build: (stack, image) => new SlimNodeService(stack, 'Slim', { image: image({ port: 8080 }), publicLoadBalancer: true, rollout: Rollout.safe() }),
  },
  {
    what: 'SlimNodeService with a queue',
    build: (stack, image) => new SlimNodeService(stack, 'Slim', { image: image(), queue: new Queue(stack, 'Queue'), maxCapacity: 3 }),
  },
  {
    what: 'SlimNodeService with a schedule',
    build: (stack, image) => new SlimNodeService(stack, 'Slim', { image: image(), schedule: ScheduleExpression.rate(Duration.hours(1)) }),
  },
  {
    what: 'a service on EC2',
    build: (stack, image) => {
      const taskDefinition = new Ec2TaskDefinition(stack, 'Task');
      image().addToTaskDefinition(taskDefinition, { memoryLimitMiB: 256 });
      const cluster = clusterOf(stack);
      cluster.addCapacity('Capacity', { instanceType: new InstanceType('t3.small') });
      new Ec2Service(stack, 'Service', { cluster, taskDefinition });
    },
  },
  {
    what: 'ApplicationLoadBalancedFargateService',
    build: (stack, image) => new ApplicationLoadBalancedFargateService(stack, 'Web', { vpc: vpcOf(stack), taskImageOptions: { image: image().containerImage } }),
  },
  {
    what: 'NetworkLoadBalancedFargateService',
    build: (stack, image) => new NetworkLoadBalancedFargateService(stack, 'Web', { vpc: vpcOf(stack), taskImageOptions: { image: image().containerImage } }),
  },
  {
    what: 'QueueProcessingFargateService',
    build: (stack, image) => new QueueProcessingFargateService(stack, 'Worker', { vpc: vpcOf(stack), image: image().containerImage }),
  },
  {
    what: 'ScheduledFargateTask',
    build: (stack, image) => new ScheduledFargateTask(stack, 'Job', {
      vpc: vpcOf(stack), schedule: Schedule.rate(Duration.hours(1)), scheduledFargateTaskImageOptions: { image: image().containerImage },
    }),
  },
];

describe.each(setUps)('after a change of one line of the app the template with $what', ({ build, containers = 1 }) => {
  let paths: readonly string[];

  beforeAll(() => {
    const folder = project({ 'package.json': '{}', 'changing.ts': 'console.log("one");\n', 'same.ts': 'console.log("same");\n' });
    const before = synthesize(folder, build);
    write(path.join(folder, 'changing.ts'), 'console.log("two");\n');
    paths = differences(before, synthesize(folder, build));
  });

  test('has another image in each container of the app', () => {
    expect(paths.filter((place) => CONTAINER_IMAGE.test(place))).toHaveLength(containers);
  });

  test('is the same in everything else', () => {
    expect(paths.filter((place) => !CONTAINER_IMAGE.test(place))).toEqual([]);
  });
});

test.each([
  [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, ['/a/1/b']],
  [{ a: 1 }, { b: 1 }, ['/a', '/b']],
  [[1], [1, 2], ['/1']],
  [{ a: {} }, { a: 'text' }, ['/a']],
  [{ a: [] }, { a: [] }, []],
])('the differences of %j and %j are %j', (one, other, expected) => {
  expect(differences(one, other)).toEqual(expected);
});

function synthesize(folder: string, build: SetUp['build']): object {
  const stack = new Stack(new App({ outdir: temporaryFolder() }), 'Stack');
  build(stack, (props, id = 'Backend', app = 'changing.ts') => new SlimNodeImage(stack, id, { entry: path.join(folder, app), ...props }));
  return Template.fromStack(stack).toJSON();
}

/** The paths of all values that differ. */
function differences(one: unknown, other: unknown, place = ''): string[] {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === other ? [] : [place];
  }
  const [ones, others] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return [...new Set([...ones.keys(), ...others.keys()])].flatMap((key) => differences(ones.get(key), others.get(key), `${place}/${key}`));
}
