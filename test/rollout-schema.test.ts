import * as fs from 'node:fs';
import * as path from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import { Rollout, RolloutStrategy } from '../src';
import { temporaryFolder } from './project';
import { image, newCluster, newPattern } from './rollout-services';

// Older versions of aws-cdk-lib have no validator.
const describeWithValidator = 'CloudFormationValidatePlugin' in cdk ? describe : describe.skip;

const rollouts = {
  Fast: Rollout.fast(),
  StopFirst: Rollout.stopFirst(),
  BlueGreen: Rollout.safe(),
  Canary: Rollout.safe({ strategy: RolloutStrategy.CANARY, stepPercent: 0.5 }),
  Linear: Rollout.safe({ strategy: RolloutStrategy.LINEAR }),
};

/** What CDK's validator says, by the schemas of CloudFormation that come with it. */
function findings(fill: (app: cdk.App) => void): unknown[] {
  const app = new cdk.App({ outdir: temporaryFolder(), analyticsReporting: false });
  fill(app);
  delete process.env.CDK_VALIDATION;
  const printed = jest.spyOn(console, 'error').mockReturnValue();
  app.synth();
  printed.mockRestore();
  process.env.CDK_VALIDATION = 'false';
  return JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')).pluginReports;
}

describeWithValidator('the schemas of CloudFormation', () => {
  test('allow for every rollout of an application and of a network load balancer, and of a worker', () => {
    expect(findings((app) => {
      for (const [id, rollout] of Object.entries(rollouts)) {
        rollout.applyTo(newPattern({}, 'Pattern', newCluster(new cdk.Stack(app, `${id}Application`))));
        const cluster = newCluster(new cdk.Stack(app, `${id}Network`));
        rollout.applyTo(new patterns.NetworkLoadBalancedFargateService(cluster.stack, 'Pattern', { cluster, taskImageOptions: { image } }));
      }
      const cluster = newCluster(new cdk.Stack(app, 'Worker'));
      rollouts.BlueGreen.applyTo(new patterns.QueueProcessingFargateService(cluster.stack, 'Pattern', { cluster, image }));
    })).toEqual([]);
  }, 60_000);

  test('are looked at', () => {
    expect(JSON.stringify(findings((app) => {
      const pattern = newPattern({}, 'Pattern', newCluster(new cdk.Stack(app, 'Wrong')));
      rollouts.BlueGreen.applyTo(pattern);
      (pattern.service.node.defaultChild as CfnService).addPropertyOverride('DeploymentConfiguration.BakeTimeInMinutes', 'long');
    }))).toContain("'long' is not of type 'integer'");
  }, 60_000);
});
