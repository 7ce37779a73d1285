import { join } from 'node:path';
import { AppCopy } from './app-copy';
import type { BaseImages } from './base-images';
import { docker } from './docker';
import { measure } from './measure';
import type { Way, WayName } from './way';

export interface DockerfileWayOptions {
  readonly name: WayName;
  readonly title: string;
  /** File in the folder `dockerfiles`. */
  readonly dockerfile: string;
  readonly appFolder: string;
  readonly baseImages: BaseImages;
  /** Of the package cache. */
  readonly packageUrl: string;
  readonly tag: string;
}

/** A way whose Dockerfile does everything. */
export function dockerfileWay({ name, title, dockerfile, appFolder, baseImages, packageUrl, tag }: DockerfileWayOptions): Way {
  const app = new AppCopy(appFolder);
  const argumentsOfBuild = { ...baseImages, npm_config_registry: packageUrl };
  return {
    name,
    title,
    image: () => tag,
    forget: () => undefined,
    setRelease: (release) => app.setRelease(release),
    build: async (from) => ({
      'docker build': await measure(() => docker([
        'build',
        ...(from === 'scratch' ? ['--no-cache'] : []),
        ...Object.entries(argumentsOfBuild).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
        // The package cache listens on the machine's own 127.0.0.1.
        '--network', 'host',
        '--file', join(__dirname, 'dockerfiles', dockerfile),
        '--tag', tag,
        '.',
      ], { cwd: appFolder })),
    }),
  };
}
