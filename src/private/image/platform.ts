import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Construct } from 'constructs';
import type { BaseImageConfig } from '../../base-image';
import { misuse } from '../misuse';

/** The platform of an image, if its base image is published for it. */
export function checkPlatform(scope: Construct, platform: Platform, base: BaseImageConfig): Platform {
  if (!platform.platform.startsWith('linux/')) {
    throw misuse(scope, `'platform' is ${platform.platform}; expected one of Linux, such as Platform.LINUX_ARM64`);
  }
  if (base.platforms !== undefined && !base.platforms.includes(platform.platform)) {
    throw misuse(scope, `'platform' is ${platform.platform}, but base image ${base.reference} is published for ${base.platforms.join(', ')}; `
      + "set 'platform' to one of these, or choose another 'baseImage'");
  }
  return platform;
}
