import { Stack } from 'aws-cdk-lib';
import { SlimNodeImage } from '../../src';

/** A stack, what the advisor says of it, and what the CDK CLI does with it when the app of its image has changed. */
export interface HotswapCase {
  readonly what: string;
  /** Adds to a stack that has an image with the id Image; the entry is that of the image. */
  readonly build: (stack: Stack, image: SlimNodeImage, entry: string) => void;
  /** What the advisor warns of: the path below the stack, and the id without its prefix. */
  readonly warnings: readonly string[];
  /** Whether `cdk deploy --hotswap` updates the service. */
  readonly hotswap: 'updates the service' | 'does nothing';
  /** What `cdk deploy --hotswap-fallback` does. */
  readonly fallback: 'updates the service' | 'does nothing' | 'deploys in full';
}
