import { LogDriver, Secret } from 'aws-cdk-lib/aws-ecs';

/** Options for `SlimNodeImage.addToTaskDefinition`. */
export interface ContainerOptions {
  /**
   * Name of the container.
   *
   * @default - the id of the image
   */
  readonly containerName?: string;

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
   * @default - nowhere
   */
  readonly logging?: LogDriver;

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
   * Let the container write to volumes only.
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
}
