import { DockerfileWayOptions, dockerfileWay } from './dockerfile-way';
import type { Way } from './way';

/** The Dockerfile of most tutorials: everything that builds the app stays in its image. */
export function singleStage(options: Omit<DockerfileWayOptions, 'name' | 'title' | 'dockerfile'>): Way {
  return dockerfileWay({ ...options, name: 'single-stage', title: '`node:24`, `npm install`, `COPY . .`', dockerfile: 'single-stage.Dockerfile' });
}
