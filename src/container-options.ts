import { Duration } from 'aws-cdk-lib';
import { LogDriver, Secret } from 'aws-cdk-lib/aws-ecs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HealthCheck } from './health-check';

/** Options for `SlimNodeImage.addToTaskDefinition`. */
export interface ContainerOptions {
  /**
   * Name of the container.
   *
   * @default - the id of the image
   */
  readonly containerName?: string;

  /**
   * Arguments of Node.js in place of the bundle's own: `['/app/migrate.mjs']`.
   *
   * @default - the entry
   */
  readonly command?: string[];

  /**
   * Environment variables. They win over those of the image.
   *
   * @default - those of the image
   */
  readonly environment?: { [name: string]: string };

  /**
   * Environment variables whose values are read from Secrets Manager or from the SSM Parameter Store when the container starts.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: Secret };

  /**
   * Where the logs go.
   *
   * @default - a log group of its own in CloudWatch Logs
   */
  readonly logging?: LogDriver;

  /**
   * How long the log group of its own keeps the logs.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * CPU units that are reserved for the container; 1024 are one vCPU.
   *
   * @default - none are reserved
   */
  readonly cpu?: number;

  /**
   * Memory that the container may use, in MiB; one that uses more is killed.
   *
   * @default - the memory of the task
   */
  readonly memoryLimitMiB?: number;

  /**
   * Memory that is reserved for the container, in MiB.
   *
   * @default - none is reserved
   */
  readonly memoryReservationMiB?: number;

  /**
   * Share of the container's memory that the heap of Node.js may take, in percent, 10 to 95. The rest is for buffers, stacks and code.
   *
   * It is set as `--max-old-space-size` in NODE_OPTIONS, unless `environment` sets NODE_OPTIONS itself.
   *
   * @default 75
   */
  readonly heapPercent?: number;

  /**
   * How ECS finds out whether the container works.
   *
   * @default - a load balancer's health check is the only one
   */
  readonly healthCheck?: HealthCheck;

  /**
   * Time between SIGTERM and SIGKILL when the container is stopped, at most 120 s on Fargate.
   *
   * @default Duration.seconds(30)
   */
  readonly stopTimeout?: Duration;

  /**
   * User that the container runs as: `uid`, or `uid:gid`.
   *
   * @default - the user of the base image, 65532 for distroless
   */
  readonly user?: string;

  /**
   * Let the container write to volumes only. `/tmp` is one.
   *
   * @default true
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * Run an init process as PID 1, which forwards signals and reaps processes.
   *
   * As PID 1 itself, Node.js ignores SIGTERM unless the app handles it, and ECS waits for the whole stop timeout.
   *
   * @default true
   */
  readonly initProcessEnabled?: boolean;

  /**
   * Drop all Linux capabilities. A port below 1024 needs none on Fargate.
   *
   * @default true
   */
  readonly dropCapabilities?: boolean;

  /**
   * Stop the task when this container stops.
   *
   * @default true
   */
  readonly essential?: boolean;
}
