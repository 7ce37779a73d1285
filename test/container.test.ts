import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { CfnTaskDefinition, CpuArchitecture, Ec2TaskDefinition, FargateTaskDefinition, LogDrivers, OperatingSystemFamily, Secret, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret as SecretsManagerSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ContainerOptions, HealthCheck, SlimNodeImage, SlimNodeImageProps } from '../src';
import { imageOf } from './project';

function fargateTask(image: SlimNodeImage, cpuArchitecture?: CpuArchitecture): TaskDefinition {
  return new FargateTaskDefinition(Stack.of(image), 'Task', {
    memoryLimitMiB: 512,
    runtimePlatform: cpuArchitecture && { cpuArchitecture, operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
}

function templateOf(options: ContainerOptions = {}, props: Partial<SlimNodeImageProps> = {}): Template {
  const image = imageOf('', props);
  image.addToTaskDefinition(fargateTask(image), options);
  return Template.fromStack(Stack.of(image));
}

/** The one container definition of a stack. */
function container(options: ContainerOptions = {}, props: Partial<SlimNodeImageProps> = {}) {
  const [resource] = Object.values(templateOf(options, props).findResources('AWS::ECS::TaskDefinition'));
  return resource.Properties.ContainerDefinitions[0];
}

describe('by default a container', () => {
  test('is named after the image', () => expect(container().Name).toBe('Backend'));
  test('runs as nonroot', () => expect(container().User).toBe('65532'));
  test('has a read-only root file system', () => expect(container().ReadonlyRootFilesystem).toBe(true));
  test('has an init process', () => expect(container().LinuxParameters.InitProcessEnabled).toBe(true));
  test('has no Linux capabilities', () => expect(container().LinuxParameters.Capabilities).toEqual({ Drop: ['ALL'] }));
  test('has 30 s to stop', () => expect(container().StopTimeout).toBe(30));
  test('is essential', () => expect(container().Essential).toBe(true));
  test('has no health check of its own', () => expect(container().HealthCheck).toBeUndefined());
  test('has no port mapping where the image has no port', () => expect(container().PortMappings).toBeUndefined());
  test('takes three quarters of the memory for its heap', () => {
    expect(container().Environment).toEqual([{ Name: 'NODE_OPTIONS', Value: '--max-old-space-size=384' }]);
  });

  test('may write to /tmp', () => {
    expect(container().MountPoints).toEqual([{ ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'Backend-tmp' }]);
    templateOf().hasResourceProperties('AWS::ECS::TaskDefinition', { Volumes: [{ Name: 'Backend-tmp' }] });
  });

  test('logs to a log group that keeps a month', () => {
    expect(container().LogConfiguration).toMatchObject({ LogDriver: 'awslogs', Options: { 'awslogs-stream-prefix': 'Backend' } });
    templateOf().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });
});

describe('an option of a container', () => {
  test('port of the image: a mapping named after it', () => {
    expect(container({}, { port: 8080 }).PortMappings).toEqual([{ ContainerPort: 8080, Name: 'port-8080', Protocol: 'tcp' }]);
  });

  test('containerName', () => expect(container({ containerName: 'Other' }).Name).toBe('Other'));
  test('command', () => expect(container({ command: ['/app/job.mjs'] }).Command).toEqual(['/app/job.mjs']));
  test('user', () => expect(container({ user: '1000:1000' }).User).toBe('1000:1000'));
  test('initProcessEnabled', () => expect(container({ initProcessEnabled: false }).LinuxParameters.InitProcessEnabled).toBe(false));
  test('dropCapabilities', () => expect(container({ dropCapabilities: false }).LinuxParameters.Capabilities).toEqual({}));
  test('stopTimeout', () => expect(container({ stopTimeout: Duration.seconds(5) }).StopTimeout).toBe(5));
  test('essential', () => {
    const image = imageOf('');
    const task = fargateTask(image);
    image.addToTaskDefinition(task);
    image.addToTaskDefinition(task, { containerName: 'Sidecar', essential: false });
    Template.fromStack(Stack.of(image)).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ Essential: true }), Match.objectLike({ Name: 'Sidecar', Essential: false })],
    });
  });

  test('cpu, memoryLimitMiB and memoryReservationMiB', () => {
    expect(container({ cpu: 128, memoryLimitMiB: 400, memoryReservationMiB: 300 })).toMatchObject({ Cpu: 128, Memory: 400, MemoryReservation: 300 });
  });

  test('readonlyRootFilesystem', () => {
    const { ReadonlyRootFilesystem, MountPoints } = container({ readonlyRootFilesystem: false });
    expect([ReadonlyRootFilesystem, MountPoints]).toEqual([false, undefined]);
  });

  test('heapPercent, of the memory of the container', () => {
    expect(container({ heapPercent: 50, memoryLimitMiB: 400 }).Environment).toEqual([{ Name: 'NODE_OPTIONS', Value: '--max-old-space-size=200' }]);
  });

  test('environment, which wins over the size of the heap', () => {
    expect(container({ environment: { NODE_OPTIONS: '--no-warnings', A: 'b' } }).Environment).toEqual([
      { Name: 'NODE_OPTIONS', Value: '--no-warnings' }, { Name: 'A', Value: 'b' },
    ]);
  });

  test('secrets', () => {
    const image = imageOf('');
    const secret = new SecretsManagerSecret(Stack.of(image), 'Password');
    image.addToTaskDefinition(fargateTask(image), { secrets: { PASSWORD: Secret.fromSecretsManager(secret) } });
    Template.fromStack(Stack.of(image)).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ Secrets: [{ Name: 'PASSWORD', ValueFrom: { Ref: Match.stringLikeRegexp('^Password') } }] })],
    });
  });

  test('logging', () => {
    expect(container({ logging: LogDrivers.splunk({ secretToken: Secret.fromSecretsManager(SecretsManagerSecret.fromSecretNameV2(new Stack(), 'S', 's')), url: 'https://x' }) })
      .LogConfiguration.LogDriver).toBe('splunk');
  });

  test('logRetention', () => {
    templateOf({ logRetention: RetentionDays.ONE_WEEK }).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  });

  test.each([9, 96, NaN])('heapPercent %d is refused', (heapPercent) => {
    expect(() => container({ heapPercent })).toThrow(`Stack/Backend: 'heapPercent' is ${heapPercent}; expected a number from 10 to 95`);
  });
});

describe('a health check', () => {
  const check = (healthCheck: HealthCheck, props: Partial<SlimNodeImageProps> = { port: 8080 }) => container({ healthCheck }, props).HealthCheck;

  test('runs the Node.js of the image every 5 s', () => {
    expect(check(HealthCheck.http('/healthz'))).toEqual({
      Command: ['CMD', '/nodejs/bin/node', '-e', expect.stringContaining('"port":8080,"path":"/healthz"')], Interval: 5, Timeout: 3, Retries: 3, StartPeriod: 30,
    });
  });

  test('takes every timing', () => {
    const timing = { interval: Duration.seconds(10), timeout: Duration.seconds(4), startPeriod: Duration.seconds(0), retries: 2 };
    expect(check(HealthCheck.tcp(timing))).toMatchObject({ Interval: 10, Timeout: 4, Retries: 2, StartPeriod: 0 });
  });

  test('takes another port', () => expect(check(HealthCheck.tcp({ port: 9090 })).Command[3]).toContain('connect(9090,'));
  test('runs a program', () => expect(check(HealthCheck.command(['/nodejs/bin/node', '/app/check.mjs'])).Command).toEqual(['CMD', '/nodejs/bin/node', '/app/check.mjs']));

  test('without a port is refused', () => {
    expect(() => check(HealthCheck.tcp(), {})).toThrow("Stack/Backend: the health check has no port to ask; set 'port' of the image or of the health check");
  });

  test.each(['healthz', '', '/a b'])('of path %j is refused', (path) => {
    expect(() => check(HealthCheck.http(path))).toThrow(`Stack/Backend: health check path is ${JSON.stringify(path)}; expected an absolute path, such as '/healthz'`);
  });

  test.each([[[]], [['CMD-SHELL', 'curl']], [['CMD', 'x']]])('of command %j is refused', (command) => {
    expect(() => check(HealthCheck.command(command))).toThrow('Stack/Backend: health check command is');
  });

  test.each([
    [{ interval: Duration.seconds(4) }, "'interval' of the health check is 4 s; ECS takes whole seconds from 5 to 300"],
    [{ timeout: Duration.millis(2500) }, "'timeout' of the health check is 2.5 s; ECS takes whole seconds from 2 to 60"],
    [{ startPeriod: Duration.minutes(6) }, "'startPeriod' of the health check is 360 s; ECS takes whole seconds from 0 to 300"],
    [{ retries: 11 }, "'retries' of the health check is 11; ECS takes a whole number from 1 to 10"],
  ])('with %j is refused', (options, message) => {
    expect(() => check(HealthCheck.tcp(options))).toThrow(`Stack/Backend: ${message}`);
  });
});

describe('the CPU architecture', () => {
  test.each([
    [undefined, undefined], [undefined, CpuArchitecture.X86_64], [Platform.LINUX_ARM64, CpuArchitecture.ARM64],
  ])('of an image for %j and a task on %j fits', (platform, architecture) => {
    const image = imageOf('', { platform });
    expect(() => image.addToTaskDefinition(fargateTask(image, architecture))).not.toThrow();
  });

  test.each([
    [undefined, CpuArchitecture.ARM64, 'image is built for linux/amd64 but Stack/Task runs on ARM64'],
    [Platform.LINUX_ARM64, undefined, 'image is built for linux/arm64 but Stack/Task runs on X86_64'],
  ])('of an image for %j and a task on %j does not fit', (platform, architecture, message) => {
    const image = imageOf('', { platform });
    expect(() => image.addToTaskDefinition(fargateTask(image, architecture))).toThrow(
      `Stack/Backend: ${message}; set 'platform' or the task's 'runtimePlatform' so that they match`);
  });

  test('is checked at synth where another construct makes the container', () => {
    const image = imageOf('', { platform: Platform.LINUX_ARM64 });
    fargateTask(image).addContainer('App', { image: image.containerImage });
    expect(() => Template.fromStack(Stack.of(image))).toThrow('Stack/Backend: image is built for linux/arm64 but Stack/Task runs on X86_64');
  });

  test('that is set for a task on EC2 does not fit', () => {
    const image = imageOf('', { platform: Platform.LINUX_ARM64 });
    const task = new Ec2TaskDefinition(Stack.of(image), 'Task');
    (task.node.defaultChild as CfnTaskDefinition).runtimePlatform = { cpuArchitecture: 'X86_64' };
    expect(() => image.addToTaskDefinition(task, { memoryLimitMiB: 256 })).toThrow('image is built for linux/arm64 but Stack/Task runs on X86_64');
  });

  test('of instances in EC2 is not known', () => {
    const image = imageOf('', { platform: Platform.LINUX_ARM64 });
    const task = new Ec2TaskDefinition(Stack.of(image), 'Task');
    expect(() => image.addToTaskDefinition(task, { memoryLimitMiB: 256 })).not.toThrow();
  });
});
