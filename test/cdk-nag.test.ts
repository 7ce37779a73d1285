import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Capacity, Rollout, SlimNodeService } from '../src';
import { project, temporaryFolder } from './project';

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

interface Report {
  readonly pluginReports: readonly { readonly violations: readonly Violation[] }[];
}

// The checks are a validation, which the other tests turn off for speed.
const validation = process.env.CDK_VALIDATION;
beforeAll(() => { delete process.env.CDK_VALIDATION; });
afterAll(() => { process.env.CDK_VALIDATION = validation; });

/** The findings of the AwsSolutions pack: each rule with the paths of its constructs. */
function findings(build: (stack: Stack) => void): { [rule: string]: string[] } {
  const app = new App({ outdir: temporaryFolder() });
  build(new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } }));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const print = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
    return {};
  } catch {
    const report: Report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
    return Object.fromEntries(report.pluginReports.flatMap(({ violations }) => violations)
      .map(({ ruleName, violatingConstructs }) => [ruleName, violatingConstructs.map(({ constructPath }) => constructPath)]));
  } finally {
    print.mockRestore();
  }
}

function imageProps() {
  return { entry: path.join(project({ 'index.ts': '' }), 'index.ts'), port: 8080 };
}

/** Services of every kind. The queue and the bucket are the user's own, and as the pack wants them. */
function everyKind(stack: Stack): void {
  const { cluster } = new SlimNodeService(stack, 'Web', { imageProps: imageProps(), publicLoadBalancer: true, maxCapacity: 4 });
  new SlimNodeService(stack, 'BlueGreen', { imageProps: imageProps(), cluster, publicLoadBalancer: true, rollout: Rollout.safe() });
  new SlimNodeService(stack, 'Internal', { imageProps: imageProps(), cluster, publicLoadBalancer: false, enableExecuteCommand: true });
  const deadLetterQueue = { queue: new Queue(stack, 'DeadLetters', { enforceSSL: true }), maxReceiveCount: 3 };
  new SlimNodeService(stack, 'Worker', {
    imageProps: imageProps(), cluster, queue: new Queue(stack, 'Queue', { enforceSSL: true, deadLetterQueue }), maxCapacity: 4, capacity: Capacity.fargateSpot(),
  });
  new SlimNodeService(stack, 'Job', { imageProps: imageProps(), cluster, schedule: ScheduleExpression.rate(Duration.hours(1)) });
}

/** The rules that the documentation explains. */
const explained = fs.readFileSync(path.resolve('docs/security.md'), 'utf8').split('\n')
  .flatMap((line) => /^\| `(AwsSolutions-[^`]+)`/.exec(line)?.[1] ?? []);

test('cdk-nag finds what the documentation explains, and nothing else', () => {
  expect(Object.keys(findings(everyKind)).sort()).toEqual([...explained].sort());
});

test('with that acknowledged, cdk-nag passes', () => {
  expect(findings((stack) => {
    everyKind(stack);
    Validations.of(stack).acknowledge(...explained.map((id) => ({ id, reason: 'docs/security.md' })));
  })).toEqual({});
});

test('the finding on access logs is gone with a bucket for them', () => {
  expect(findings((stack) => {
    const accessLogsBucket = new Bucket(stack, 'Logs', { enforceSSL: true, serverAccessLogsPrefix: 'self' });
    new SlimNodeService(stack, 'Web', { imageProps: imageProps(), publicLoadBalancer: true, accessLogsBucket });
  })).not.toHaveProperty('AwsSolutions-ELB2');
});
