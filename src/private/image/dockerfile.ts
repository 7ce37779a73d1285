import type { ImagePlan } from './image-plan';

/**
 * Renders a plan as a Dockerfile that every builder since Docker 20.10 takes.
 *
 * There is no RUN: it would need a shell in the base image, the network, and emulation for another CPU architecture.
 */
export function renderDockerfile({ base, config, layers }: ImagePlan): string {
  return [
    '# Rendered from image-plan.json, which describes this image for other builders.',
    `FROM ${base}`,
    ...layers.map(({ file }) => `ADD ${file} /`),
    ...config.Env.map((variable) => `ENV ${pair(variable)}`),
    ...Object.entries(config.Labels).map(([key, value]) => `LABEL ${quoted(key)}=${quoted(value)}`),
    ...config.ExposedPorts.map((port) => `EXPOSE ${port}`),
    ...(config.Volumes.length > 0 ? [`VOLUME ${execForm(config.Volumes)}`] : []),
    `USER ${config.User}`,
    `WORKDIR ${config.WorkingDir}`,
    `ENTRYPOINT ${execForm(config.Entrypoint)}`,
    `CMD ${execForm(config.Cmd)}`,
    '',
  ].join('\n');
}

function pair(variable: string): string {
  const separator = variable.indexOf('=');
  return `${variable.slice(0, separator)}=${quoted(variable.slice(separator + 1))}`;
}

/** Inside double quotes the builder expands `$` and takes `\` as an escape. */
export function quoted(value: string): string {
  return `"${value.replace(/["\\$]/g, '\\$&')}"`;
}

function execForm(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}
