import { ContainerDefinitionOptions, LinuxParameters, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { ContainerOptions } from '../../container-options';

export interface ContainerDefaultsInput extends ContainerOptions {
  readonly port?: number;
  readonly user: string;
}

/** The options of a container definition for an image of ours: safe by default, each default with a prop. */
export function containerDefaults(taskDefinition: TaskDefinition, name: string, input: ContainerDefaultsInput): Omit<ContainerDefinitionOptions, 'image'> {
  const { port, readonlyRootFilesystem = true, initProcessEnabled = true, ...given } = input;
  return {
    ...given,
    readonlyRootFilesystem,
    portMappings: port === undefined ? [] : [{ containerPort: port }],
    linuxParameters: new LinuxParameters(taskDefinition, `${name}LinuxParameters`, { initProcessEnabled }),
  };
}
