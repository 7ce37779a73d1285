import type { Timings } from './measure';

export const wayNames = ['single-stage', 'multi-stage', 'ours'] as const;

export type WayName = (typeof wayNames)[number];

/** A way to put the app into an image. */
export interface Way {
  readonly name: WayName;
  readonly title: string;
  /** Tag that a build leaves the image under. */
  readonly image: () => string;
  /** Brings back the state of a machine that has never built the app, but for base images and downloads. It is not measured. */
  readonly forget: () => void;
  /** Changes one line of the app. */
  readonly setRelease: (release: string) => void;
  /** Makes the image, with the steps that a change takes, or all of them. */
  readonly build: (from: 'scratch' | 'change') => Promise<Timings>;
  /** Runs what each of the builds contains although it has nothing to do with the image. */
  readonly overhead?: () => Promise<unknown>;
}
