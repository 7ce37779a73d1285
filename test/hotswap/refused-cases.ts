import { App, Aws, CfnCondition, CfnMapping, CfnResource, CustomResource, Fn, NestedStack, SecretValue, Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { FargateService } from 'aws-cdk-lib/aws-ecs';
import { ScheduledFargateTask } from 'aws-cdk-lib/aws-ecs-patterns';
import { Rule, Schedule as EventSchedule } from 'aws-cdk-lib/aws-events';
import { EcsTask } from 'aws-cdk-lib/aws-events-targets';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { clusterOf, serviceOf, taskOf, vpcOf } from './fargate';
import { HotswapCase } from './hotswap-case';

/** Stacks with references to the task definition that the CLI does not follow. */
export const referenceCases: readonly HotswapCase[] = [
  {
    what: 'a resource that depends on the task definition',
    warnings: ['Bucket hotswapReference'],
    hotswap: 'updates the service',
    fallback: 'deploys in full',
    build: (stack, image) => {
      const { task } = serviceOf(stack, image);
      new Bucket(stack, 'Bucket').node.addDependency(task);
    },
  },
  {
    what: 'a role that may run the task',
    warnings: ['Role/DefaultPolicy hotswapReference'],
    hotswap: 'updates the service',
    fallback: 'deploys in full',
    build: (stack, image) => {
      serviceOf(stack, image).task.grantRun(new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() }));
    },
  },
  {
    what: 'a rule that runs the task of a service',
    warnings: ['Rule hotswapReference', 'Task/EventsRole/DefaultPolicy hotswapReference'],
    hotswap: 'updates the service',
    fallback: 'deploys in full',
    build: (stack, image) => {
      const { task, service } = serviceOf(stack, image);
      new Rule(stack, 'Rule', {
        schedule: EventSchedule.expression('rate(1 hour)'), targets: [new EcsTask({ cluster: service.cluster, taskDefinition: task })],
      });
    },
  },
  {
    what: 'a scheduled task of ecs-patterns',
    warnings: [
      'Job/ScheduledEventRule hotswapReference',
      'Job/ScheduledTaskDef hotswapNoService',
      'Job/ScheduledTaskDef/EventsRole/DefaultPolicy hotswapReference',
    ],
    hotswap: 'does nothing',
    fallback: 'deploys in full',
    build: (stack, image) => {
      new ScheduledFargateTask(stack, 'Job', {
        vpc: vpcOf(stack), schedule: Schedule.expression('rate(1 hour)'), scheduledFargateTaskImageOptions: { image: image.containerImage },
      });
    },
  },
  {
    what: 'a task definition without a service',
    warnings: ['Task hotswapNoService'],
    hotswap: 'does nothing',
    fallback: 'deploys in full',
    build: (stack, image) => void taskOf(stack, image),
  },
  {
    what: 'a service in another stack',
    warnings: ['Task hotswapNoService'],
    hotswap: 'does nothing',
    fallback: 'deploys in full',
    build: (stack, image) => {
      const other = new Stack(App.of(stack), `${stack.stackName}Other`);
      new FargateService(other, 'Service', { cluster: clusterOf(other), taskDefinition: taskOf(stack, image) });
    },
  },
  {
    what: 'a service in a nested stack',
    warnings: ['Nested hotswapReference', 'Task hotswapNoService'],
    hotswap: 'does nothing',
    fallback: 'deploys in full',
    build: (stack, image) => {
      const nested = new NestedStack(stack, 'Nested');
      new FargateService(nested, 'Service', { cluster: clusterOf(nested), taskDefinition: taskOf(stack, image) });
    },
  },
];

/** Stacks whose task definitions the CLI can't evaluate: it gives up. */
export const expressionCases: readonly HotswapCase[] = [
  ...inEnvironment({
    'Fn::If': (stack) => {
      new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals('a', 'b') });
      return Fn.conditionIf('Condition', 'a', 'b').toString();
    },
    'Fn::FindInMap': (stack) => new CfnMapping(stack, 'Mapping', { mapping: { a: { b: 'c' } } }).findInMap(Aws.REGION, 'b'),
    'Fn::Base64': () => Fn.base64('text'),
    'Fn::GetAZs': () => Fn.select(0, Fn.getAzs()),
    'Fn::ImportValue of an expression': () => Fn.importValue(Fn.join('-', ['exported', Aws.REGION])),
    'the ID of the stack': () => Aws.STACK_ID,
    'the name of the stack, as a token': () => Aws.STACK_NAME,
    'Fn::Sub of the name of the stack': () => Fn.sub('in ${AWS::StackName}'),
    'an attribute of a custom resource': (stack) =>
      new CustomResource(stack, 'Custom', { serviceToken: 'arn:aws:sns:eu-west-1:000000000000:topic' }).getAttString('Value'),
    'an attribute with a dot': (stack) => new CfnDBInstance(stack, 'Database').attrEndpointAddress,
    'Fn::Sub of an attribute with a dot': (stack) => {
      new CfnDBInstance(stack, 'Database');
      return Fn.sub('postgres://${Database.Endpoint.Address}');
    },
  }),
  {
    what: 'Fn::If in another property of the task definition',
    warnings: ['Task hotswapIntrinsic'],
    hotswap: 'does nothing',
    fallback: 'deploys in full',
    build: (stack, image) => {
      new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals('a', 'b') });
      (serviceOf(stack, image).task.node.defaultChild as CfnResource).addPropertyOverride('Memory', { 'Fn::If': ['Condition', '512', '1024'] });
    },
  },
  {
    what: 'AWS::NoValue in the task definition',
    warnings: ['Task hotswapIntrinsic'],
    hotswap: 'does nothing',
    fallback: 'deploys in full',
    build: (stack, image) => {
      (serviceOf(stack, image).task.node.defaultChild as CfnResource).addPropertyOverride('PidMode', { Ref: 'AWS::NoValue' });
    },
  },
  {
    what: 'Fn::GetAZs in the parameters of a nested stack with an image',
    warnings: ['Nested hotswapIntrinsic'],
    hotswap: 'does nothing',
    fallback: 'deploys in full',
    build: (stack, image) => void serviceOf(new NestedStack(stack, 'Nested', { parameters: { Zone: Fn.select(0, Fn.getAzs()) } }), image),
  },
];

/** A stack that the CLI hotswaps, but not to what CloudFormation would make of it. */
export const dynamicReferenceCase: HotswapCase = {
  what: 'a dynamic reference in the environment',
  warnings: ['Task hotswapDynamicReference'],
  hotswap: 'updates the service',
  fallback: 'updates the service',
  build: (stack, image) => void serviceOf(stack, image, { environment: { PASSWORD: SecretValue.secretsManager('password').unsafeUnwrap() } }),
};

function inEnvironment(values: Readonly<Record<string, (stack: Stack) => string>>): HotswapCase[] {
  return Object.entries(values).map(([what, value]) => ({
    what: `${what} in the environment`,
    warnings: ['Task hotswapIntrinsic'],
    hotswap: 'does nothing',
    fallback: 'deploys in full',
    build: (stack, image) => void serviceOf(stack, image, { environment: { VALUE: value(stack) } }),
  }));
}
