import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Capability, CfnTaskDefinition, ContainerDefinitionOptions, LinuxParameters, LogDriver, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ContainerOptions } from '../../container-options';
import type { HealthCheckTarget } from '../../health-check';
import { misuse } from '../misuse';

/** The options of a container definition for an image of ours: safe by default, each default with a prop. */
export function containerDefaults(
  scope: Construct, taskDefinition: TaskDefinition, image: HealthCheckTarget & { readonly user: string }, name: string, options: ContainerOptions,
): Omit<ContainerDefinitionOptions, 'image'> {
  const { port } = image;
  return {
    command: options.command,
    cpu: options.cpu,
    memoryLimitMiB: options.memoryLimitMiB,
    memoryReservationMiB: options.memoryReservationMiB,
    secrets: options.secrets,
    essential: options.essential ?? true,
    user: options.user ?? image.user,
    readonlyRootFilesystem: options.readonlyRootFilesystem ?? true,
    stopTimeout: options.stopTimeout ?? Duration.seconds(30),
    // Named, so that Service Connect and rollouts find the port.
    portMappings: port === undefined ? [] : [{ containerPort: port, name: `port-${port}` }],
    environment: { ...heapEnvironment(scope, taskDefinition, options), ...options.environment },
    healthCheck: options.healthCheck?.bind(scope, image),
    linuxParameters: linuxParameters(taskDefinition, name, options),
    logging: options.logging ?? logDriver(taskDefinition, name, options),
  };
}

function linuxParameters(taskDefinition: TaskDefinition, name: string, options: ContainerOptions): LinuxParameters {
  const { initProcessEnabled = true, dropCapabilities = true } = options;
  const parameters = new LinuxParameters(taskDefinition, `${name}LinuxParameters`, { initProcessEnabled });
  if (dropCapabilities) {
    parameters.dropCapabilities(Capability.ALL);
  }
  return parameters;
}

function logDriver(taskDefinition: TaskDefinition, name: string, { logRetention = RetentionDays.ONE_MONTH }: ContainerOptions): LogDriver {
  return LogDriver.awsLogs({
    streamPrefix: name,
    logGroup: new LogGroup(taskDefinition, `${name}Logs`, { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY }),
  });
}

/** The heap that V8 chooses by itself depends on the memory of the machine, not of the container, up to a limit of its own. */
function heapEnvironment(scope: Construct, taskDefinition: TaskDefinition, options: ContainerOptions): { [name: string]: string } {
  const { heapPercent = 75, memoryLimitMiB } = options;
  if (Token.isUnresolved(heapPercent) || !(heapPercent >= 10 && heapPercent <= 95)) {
    throw misuse(scope, `'heapPercent' is ${heapPercent}; expected a number from 10 to 95`);
  }
  const memory = memoryLimitMiB ?? Number((taskDefinition.node.defaultChild as CfnTaskDefinition).memory);
  return Number.isNaN(memory) || Token.isUnresolved(memory) ? {} : { NODE_OPTIONS: `--max-old-space-size=${Math.floor(memory * heapPercent / 100)}` };
}
