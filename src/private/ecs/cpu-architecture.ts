import { Token } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { CfnTaskDefinition, ContainerDefinition, ContainerImage, ContainerImageConfig, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { misuse } from '../misuse';

/** ECS's word for the CPU architecture of each platform that it runs. */
const CPU_ARCHITECTURES: { readonly [platform: string]: string } = { 'linux/amd64': 'X86_64', 'linux/arm64': 'ARM64' };

/** Fails when tasks of a definition run on another CPU architecture than an image is built for. */
export function checkCpuArchitecture(image: Construct, platform: string, taskDefinition: TaskDefinition): void {
  const message = mismatch(platform, taskDefinition);
  if (message !== undefined) {
    throw misuse(image, message);
  }
}

/** What is published of an image, and the platform that it is built for. */
interface PublishedImage {
  readonly asset: DockerImageAsset;
  readonly platform: string;
}

/** An image whose platform is checked wherever it is used, by constructs of CDK's, too. */
export class CheckedContainerImage extends ContainerImage {
  constructor(private readonly image: Construct, private readonly publish: () => PublishedImage) {
    super();
  }

  public bind(scope: Construct, container: ContainerDefinition): ContainerImageConfig {
    const { asset, platform } = this.publish();
    const { taskDefinition } = container;
    // Batch binds images to job definitions, with an object in place of the task definition.
    if (Construct.isConstruct(taskDefinition)) {
      // At validation, as the runtime platform of a task definition may be set later.
      taskDefinition.node.addValidation({
        validate: () => {
          const message = mismatch(platform, taskDefinition);
          return message === undefined ? [] : [`${this.image.node.path}: ${message}`];
        },
      });
    }
    // CDK's own image, so that its grants and its version consistency stay.
    return ContainerImage.fromDockerImageAsset(asset).bind(scope, container);
  }
}

function mismatch(platform: string, taskDefinition: TaskDefinition): string | undefined {
  const resource = taskDefinition.node.defaultChild;
  const runtimePlatform = resource instanceof CfnTaskDefinition ? resource.runtimePlatform : undefined;
  const given = runtimePlatform !== undefined && !Token.isUnresolved(runtimePlatform) && 'cpuArchitecture' in runtimePlatform
    ? runtimePlatform.cpuArchitecture : undefined;
  // Fargate takes X86_64 for granted; on EC2 it is the instances that decide.
  const architecture = given ?? (taskDefinition.isFargateCompatible ? 'X86_64' : undefined);
  const built = CPU_ARCHITECTURES[platform];
  if (architecture === undefined || Token.isUnresolved(architecture) || architecture === built) {
    return undefined;
  }
  return `image is built for ${platform} but ${taskDefinition.node.path} runs on ${architecture}; set 'platform' or the task's 'runtimePlatform' so that they match`;
}
