import { TargetGroupBase } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { applyRollout } from './private/rollout/apply-rollout';
import { FAST, SAFE, STOP_FIRST } from './private/rollout/presets';
import { RolloutEstimate } from './rollout-estimate';
import { RolloutOptions } from './rollout-options';
import { RolloutStrategy } from './rollout-strategy';

/**
 * How a new version of a service replaces the old one: what ECS waits for, and what it does when the new version fails.
 */
export class Rollout {
  /**
   * Waits as little as a service without downtime can: up to 20 s by configuration, in place of 480 s.
   *
   * @param options what differs from the preset
   */
  public static fast(options: RolloutOptions = {}): Rollout {
    return new Rollout(FAST, options);
  }

  /**
   * Runs both versions side by side, and goes back in seconds: blue/green, with a bake time of 5 minutes.
   *
   * @param options what differs from the preset: a canary or linear strategy, alarms, another bake time
   */
  public static safe(options: RolloutOptions = {}): Rollout {
    return new Rollout(SAFE, options);
  }

  /**
   * Stops the old tasks before it starts new ones: no more than the desired tasks ever run, and nobody is served in between. For development.
   *
   * @param options what differs from the preset
   */
  public static stopFirst(options: RolloutOptions = {}): Rollout {
    return new Rollout(STOP_FIRST, options);
  }

  /**
   * Sets what is given, and leaves the rest as it is.
   *
   * @param options what is set
   */
  public static custom(options: RolloutOptions): Rollout {
    return new Rollout({}, options);
  }

  /** How requests move from the old version to the new one, unless the service itself says so. */
  public readonly strategy: RolloutStrategy;

  private constructor(private readonly preset: RolloutOptions, private readonly options: RolloutOptions) {
    this.strategy = options.strategy ?? preset.strategy ?? RolloutStrategy.ROLLING;
  }

  /**
   * Configures a service, its containers and its target groups. Attach the service to its load balancer first.
   *
   * Synthesis prints the estimate that this returns, as an annotation of the service.
   *
   * Fails where there is no service or more than one, where ECS would refuse the result, and where a rollout has been applied before.
   *
   * @param service a `FargateService` or `Ec2Service`, or a construct of `aws-ecs-patterns` or of your own that holds one
   * @param targetGroups target groups that the service is not attached to, but whose settings are wanted
   */
  public applyTo(service: Construct, ...targetGroups: TargetGroupBase[]): RolloutEstimate {
    return RolloutEstimate._of(applyRollout(service, targetGroups, this.preset, this.options));
  }
}
