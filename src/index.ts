export { BaseImage, BaseImageConfig, DistrolessOptions, RegistryBaseImageOptions } from './base-image';
export { Bundle, Bundler, BundleRequest } from './bundler';
export { ContainerOptions } from './container-options';
export { Charset, EsbuildOptions, ICommandHooks, LegalComments, LogLevel, OutputFormat, SourceMapMode } from './esbuild-options';
export { HealthCheck, HealthCheckOptions, HealthCheckTarget, HttpHealthCheckOptions, TcpHealthCheckOptions } from './health-check';
export { SlimNodeImage, SlimNodeImageProps } from './slim-node-image';
export { Rollout } from './rollout';
export { RolloutEstimate, RolloutStep } from './rollout-estimate';
export { RolloutOptions } from './rollout-options';
