import type { EsbuildOptions, RegistryBaseImageOptions, SlimNodeImageProps } from '../../src';

/** What stands for the props of an image where they have to be JSON. */
export interface ImageDefinition extends Omit<SlimNodeImageProps, 'baseImage' | 'bundler' | 'platform'> {
  /** The default of the library if undefined. */
  readonly baseImage?: RegistryBaseImageOptions & { readonly reference: string };
  /** `linux/arm64`. */
  readonly platform?: string;
  readonly esbuild?: EsbuildOptions;
}

/** A CDK app: its images, by stack and id. */
export type AppDefinition = Readonly<Record<string, Readonly<Record<string, ImageDefinition>>>>;

/** Environment variable that holds the definition, as JSON. */
export const APP_DEFINITION = 'SLIM_NODE_IMAGE_E2E_APP';
