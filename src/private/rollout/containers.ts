import { IResolveContext, Lazy } from 'aws-cdk-lib';
import { CfnTaskDefinition, ContainerDefinition, TaskDefinition, VersionConsistency } from 'aws-cdk-lib/aws-ecs';
import { choose } from './choice';
import type { RolloutOptions } from '../../rollout-options';

/** Seconds, where a container says nothing. */
export const STOP_TIMEOUT = 30;

type Container = CfnTaskDefinition.ContainerDefinitionProperty;

/** Sets the stop timeout and the version consistency of all containers of a task, of those that are added later, too. */
export function configureContainers(taskDefinition: CfnTaskDefinition, preset: RolloutOptions, options: RolloutOptions): void {
  const original = taskDefinition.containerDefinitions;
  taskDefinition.containerDefinitions = Lazy.uncachedAny({
    produce: (context: IResolveContext) => {
      const containers: readonly Container[] = context.resolve(original) ?? [];
      return containers.map((container) => configured(container, preset, options));
    },
  }, { omitEmptyArray: true });
}

/** The containers of a task as they will be. To resolve the property of the resource would freeze it, and lose what is added later. */
export function readContainers(taskDefinition: TaskDefinition, preset: RolloutOptions, options: RolloutOptions): Container[] {
  const isConfigured = taskDefinition.node.defaultChild instanceof CfnTaskDefinition;
  return taskDefinition.node.findAll().filter((construct) => construct instanceof ContainerDefinition)
    .map((container) => container.renderContainerDefinition(taskDefinition))
    .map((container) => isConfigured ? configured(container, preset, options) : container);
}

function configured(container: Container, preset: RolloutOptions, options: RolloutOptions): Container {
  return {
    ...container,
    stopTimeout: choose({
      option: options.stopTimeout?.toSeconds(),
      current: container.stopTimeout,
      untouched: STOP_TIMEOUT,
      preset: preset.stopTimeout?.toSeconds(),
    }),
    versionConsistency: choose<string>({
      option: options.versionConsistency,
      current: container.versionConsistency,
      // CDK's own choice for assets.
      untouched: VersionConsistency.DISABLED,
      preset: preset.versionConsistency === VersionConsistency.DISABLED && !isPinned(container.image) ? undefined : preset.versionConsistency,
    }),
  };
}

/** Whether an image's tag or digest is a hash of what is in it, as those of assets are. */
function isPinned(image: unknown): boolean {
  return /[0-9a-f]{64}"[\]}]*$/.test(JSON.stringify(image));
}
