import * as path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Rollout, SlimNodeService, SlimNodeServiceProps } from '../src';
import { newStack, project } from './project';

interface Statement {
  readonly Action: string | string[];
  readonly Effect: string;
  readonly Resource: unknown;
}

const kinds: [string, (stack: Stack) => Partial<SlimNodeServiceProps>][] = [
  ['a worker', () => ({})],
  ['a service with a load balancer', () => ({ publicLoadBalancer: true, maxCapacity: 3 })],
  ['a blue/green service', () => ({ publicLoadBalancer: true, rollout: Rollout.safe() })],
  ['a worker with a queue', (stack) => ({ queue: new Queue(stack, 'Queue'), maxCapacity: 3 })],
  ['a scheduled task', () => ({ schedule: ScheduleExpression.rate(Duration.hours(1)) })],
];

function templateOf(props: (stack: Stack) => Partial<SlimNodeServiceProps>): Template {
  const stack = newStack();
  const entry = path.join(project({ 'index.ts': '' }), 'index.ts');
  new SlimNodeService(stack, 'Backend', { imageProps: { entry, port: 8080 }, ...props(stack) });
  return Template.fromStack(stack);
}

function statements(template: Template, isOfPolicy: (id: string) => boolean = () => true): Statement[] {
  return Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => isOfPolicy(id)).flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

describe.each(kinds)('%s', (_, props) => {
  const template = templateOf(props);

  test('has no policy for all resources but that of a login to the registry', () => {
    const forAll = statements(template).filter(({ Resource }) => [Resource].flat().includes('*'));
    expect(forAll.map(({ Action }) => Action)).toEqual(['ecr:GetAuthorizationToken']);
  });

  test('has no policy for all actions', () => {
    expect(statements(template).flatMap(({ Action }) => Action).filter((action) => action.endsWith('*'))).toEqual([]);
  });

  test('pulls from the repository of the asset only', () => {
    const pulls = statements(template, (id) => id.includes('ExecutionRole')).filter(({ Action }) => [Action].flat().includes('ecr:BatchGetImage'));
    expect(pulls.map(({ Resource }) => JSON.stringify(Resource))).toEqual([expect.stringMatching(/:repository\/.*cdk-hnb659fds-container-assets-/)]);
  });

  test('has an execution role that pulls and logs, and nothing else', () => {
    expect(statements(template, (id) => id.includes('ExecutionRole')).flatMap(({ Action }) => Action).sort()).toEqual([
      'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer', 'logs:CreateLogStream', 'logs:PutLogEvents',
    ]);
  });
});

test('the app itself may do nothing', () => {
  expect(statements(templateOf(() => ({})), (id) => id.includes('TaskRole'))).toEqual([]);
});
