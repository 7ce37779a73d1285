import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Compatibility, CpuArchitecture, NetworkMode, OperatingSystemFamily, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { SlimNodeServiceProps } from '../../slim-node-service-props';
import { misuse } from '../misuse';
import { checkFargateSize } from './fargate-size';

/** The task definition of a service, still without containers. */
export function makeTaskDefinition(
  scope: Construct, compatibility: Compatibility, platform: Platform, { cpu = 256, memoryLimitMiB = 2 * cpu }: SlimNodeServiceProps,
): TaskDefinition {
  if (compatibility === Compatibility.FARGATE) {
    checkFargateSize(scope, cpu, memoryLimitMiB);
  }
  return new TaskDefinition(scope, 'TaskDefinition', {
    compatibility,
    networkMode: NetworkMode.AWS_VPC,
    cpu: `${cpu}`,
    memoryMiB: `${memoryLimitMiB}`,
    // On EC2 it is the instances that decide.
    runtimePlatform: compatibility === Compatibility.EC2 ? undefined : {
      cpuArchitecture: platform.platform === Platform.LINUX_ARM64.platform ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
  });
}

/** The platform of images for a CPU architecture. */
export function platformFor(architecture: CpuArchitecture): Platform {
  return architecture === CpuArchitecture.ARM64 ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64;
}

/** Fails when an image is already built for another CPU architecture than a service wants. */
export function checkPlatformOfImage(scope: Construct, image: Construct, { platform }: Platform, wanted: CpuArchitecture | undefined): void {
  if (wanted !== undefined && platformFor(wanted).platform !== platform) {
    throw misuse(scope, `'cpuArchitecture' is ${architectureName(wanted)} but ${image.node.path} is built for ${platform}; `
      + "set 'platform' of the image or 'cpuArchitecture' so that they match");
  }
}

function architectureName(architecture: CpuArchitecture): string {
  return architecture === CpuArchitecture.ARM64 ? 'ARM64' : 'X86_64';
}
