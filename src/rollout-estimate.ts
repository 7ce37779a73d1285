import type { RolloutWaits } from './private/rollout/waits';

/** One thing that a rollout waits for. */
export interface RolloutStep {
  /** What is waited for, such as `deregistration delay`. */
  readonly name: string;

  /** How long it takes at most, in seconds, as configured. */
  readonly seconds: number;

  /** How long it takes at most with the defaults of ECS and Elastic Load Balancing, in seconds. */
  readonly defaultSeconds: number;

  /** Where the number comes from: the setting, and the document that says what it does. */
  readonly source: string;
}

/**
 * What a rollout waits for by configuration. The start of tasks, the pull of images and lifecycle hooks come on top.
 *
 * It is computed from the resources whenever it is read, and follows what changes them, except for property overrides.
 */
export class RolloutEstimate {
  /** @internal */
  public static _of(waits: RolloutWaits): RolloutEstimate {
    return new RolloutEstimate(waits);
  }

  private constructor(private readonly waits: RolloutWaits) {}

  /** The steps, in the order of a rollout. */
  public get steps(): RolloutStep[] {
    return this.waits();
  }

  /** Sum of all steps, in seconds. */
  public get totalSeconds(): number {
    return this.steps.reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /** Sum of all steps with the defaults of ECS and Elastic Load Balancing, in seconds. */
  public get defaultSeconds(): number {
    return this.steps.reduce((sum, step) => sum + step.defaultSeconds, 0);
  }

  /** One line: `a rollout waits up to 20 s: load balancer health check 10 s, … (480 s by default)`. */
  public toString(): string {
    const steps = this.steps.map(({ name, seconds }) => `${name} ${seconds} s`);
    return `a rollout waits up to ${this.totalSeconds} s: ${steps.join(', ')} (${this.defaultSeconds} s by default)`;
  }
}
