import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { temporaryFolder } from './project';

const examples = path.resolve(__dirname, '..', 'examples');
const cli = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');

jest.setTimeout(120_000);

/** Runs `cdk synth` in an example. Returns the cdk.out. */
function synth(example: string): string {
  const cdkOut = path.join(temporaryFolder(), 'cdk.out');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'synth', '--quiet', '--no-notices', '--output', cdkOut], {
    cwd: path.join(examples, example),
    encoding: 'utf8',
    env: {
      ...process.env,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_HOME: temporaryFolder(),
    },
  });
  if (status !== 0) {
    throw new Error(`'cdk synth' of ${example} ended with ${status}:\n${stdout}${stderr}`);
  }
  return cdkOut;
}

const others = fs.readdirSync(examples).filter((name) => name !== 'targets' && fs.existsSync(path.join(examples, name, 'cdk.json')));

test.each(others)('the example %s synthesizes', (example) => {
  expect(fs.readdirSync(synth(example))).toContainEqual(expect.stringMatching(/^asset\./));
});

describe('the example targets', () => {
  let cdkOut: string;

  beforeAll(() => {
    cdkOut = synth('targets');
  });

  /** The tags that the stacks push to the one repository of the bootstrap stack. */
  function tags(...stacks: string[]): string[] {
    const found = stacks.flatMap((stack) => {
      const { dockerImages } = JSON.parse(fs.readFileSync(path.join(cdkOut, `${stack}.assets.json`), 'utf8'));
      expect(Object.keys(dockerImages)).toHaveLength(1);
      return Object.keys(dockerImages);
    });
    return [...new Set(found)];
  }

  function template(stack: string): Template {
    return Template.fromJSON(JSON.parse(fs.readFileSync(path.join(cdkOut, `${stack}.template.json`), 'utf8')));
  }

  /** A value that names the image, whatever its account and region. */
  function imageUri(stack: string): unknown {
    return { 'Fn::Sub': Match.stringLikeRegexp(`:${tags(stack)[0]}$`) };
  }

  const amd64 = ['AppRunner', 'Batch', 'Express', 'LoadBalanced', 'QueueWorker', 'ScheduledTask', 'SharedImage', 'Web'];

  test('are all there is in the app', () => {
    const stacks = fs.readdirSync(cdkOut).filter((file) => file.endsWith('.template.json')).map((file) => path.basename(file, '.template.json'));
    expect(stacks.sort()).toEqual([...amd64, 'Arm64'].sort());
  });

  test('publish one image', () => expect(tags(...amd64)).toHaveLength(1));

  test('publish another one for arm64', () => expect(tags('Arm64')).not.toEqual(tags(...amd64)));

  test('run it in App Runner', () => template('AppRunner').hasResourceProperties('AWS::AppRunner::Service', {
    SourceConfiguration: { ImageRepository: { ImageIdentifier: imageUri('AppRunner'), ImageRepositoryType: 'ECR' } },
  }));

  test('run it in ECS Express Mode', () => template('Express').hasResourceProperties('AWS::ECS::ExpressGatewayService', {
    PrimaryContainer: { Image: imageUri('Express'), ContainerPort: 8080 },
  }));

  test('run it in Batch', () => template('Batch').hasResourceProperties('AWS::Batch::JobDefinition', {
    ContainerProperties: { Image: imageUri('Batch'), Command: ['/app/index.mjs', 'report'] },
  }));

  test('run it every night', () => template('ScheduledTask').hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Image: imageUri('ScheduledTask'), Command: ['/app/index.mjs', 'report'] })],
  }));

  test('run it on a queue', () => template('QueueWorker').hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Image: imageUri('QueueWorker'), Command: ['/app/index.mjs', 'work'] })],
  }));

  test('scale it', () => template('Web').hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 10 }));

  test('roll it out fast in an existing service', () => template('LoadBalanced').hasResourceProperties('AWS::ECS::Service', {
    DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true }, MinimumHealthyPercent: 100 },
  }));

  test('run it behind a load balancer', () => template('LoadBalanced').hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Image: imageUri('LoadBalanced') })],
  }));

  test('run one of arm64 on Graviton', () => template('Arm64').hasResourceProperties('AWS::ECS::TaskDefinition', {
    RuntimePlatform: { CpuArchitecture: 'ARM64' },
    ContainerDefinitions: [Match.objectLike({ Image: imageUri('Arm64') })],
  }));

  test('run one image twice in one stack', () => template('SharedImage').resourcePropertiesCountIs('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [Match.objectLike({ Image: imageUri('SharedImage') })],
  }, 2));

  test.each(['AppRunner', 'Express'])('let %s do nothing to other resources than its own', (stack) => {
    const statements = Object.values(template(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements.filter(({ Resource }) => Resource === '*').map(({ Action }) => Action)).toEqual(['ecr:GetAuthorizationToken']);
  });
});
