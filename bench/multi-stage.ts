import { DockerfileWayOptions, dockerfileWay } from './dockerfile-way';
import type { Way } from './way';

/** The Dockerfile of those who care: builds in one image, runs in another. */
export function multiStage(options: Omit<DockerfileWayOptions, 'name' | 'title' | 'dockerfile'>): Way {
  return dockerfileWay({ ...options, name: 'multi-stage', title: 'multi-stage, distroless', dockerfile: 'multi-stage.Dockerfile' });
}
