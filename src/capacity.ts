import { AsgCapacityProvider, CapacityProviderStrategy, Cluster, Compatibility, ICluster, ManagedInstancesCapacityProvider } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { misuse } from './private/misuse';

/** Options for `Capacity.fargateSpot`. */
export interface FargateSpotOptions {
  /**
   * How many tasks run on demand, on Fargate, before any runs on Fargate Spot: 0 to 100,000.
   *
   * @default 0
   */
  readonly onDemandBase?: number;

  /**
   * Share of the tasks above the base that run on demand, relative to `spotWeight`: 0 to 1000.
   *
   * @default 0
   */
  readonly onDemandWeight?: number;

  /**
   * Share of the tasks above the base that run on Fargate Spot, relative to `onDemandWeight`: 1 to 1000.
   *
   * @default 1
   */
  readonly spotWeight?: number;
}

/** What tasks run on, in the words of a task definition and of a service. */
export interface CapacityConfig {
  /** What the task definition has to be compatible with. */
  readonly compatibility: Compatibility;

  /**
   * Capacity providers of the service.
   *
   * @default - Fargate
   */
  readonly capacityProviderStrategies?: CapacityProviderStrategy[];
}

/** What the tasks of a service run on. */
export abstract class Capacity {
  /** Fargate: no instances to look after. */
  public static fargate(): Capacity {
    return new FixedCapacity(() => ({ compatibility: Compatibility.FARGATE }));
  }

  /**
   * Fargate Spot, for up to 70 % less: AWS may stop a task with two minutes' notice, so that an app has to end cleanly on SIGTERM.
   *
   * Where the cluster is imported, it has to have the capacity providers FARGATE and FARGATE_SPOT.
   *
   * Source: "AWS Fargate Pricing" and "Amazon ECS clusters for Fargate", Amazon ECS Developer Guide.
   */
  public static fargateSpot(options: FargateSpotOptions = {}): Capacity {
    const { onDemandBase = 0, onDemandWeight = 0, spotWeight = 1 } = options;
    return new FixedCapacity((scope, cluster) => {
      checkWhole(scope, 'onDemandBase', onDemandBase, 0, 100_000);
      checkWhole(scope, 'onDemandWeight', onDemandWeight, 0, 1000);
      checkWhole(scope, 'spotWeight', spotWeight, 1, 1000);
      if (cluster instanceof Cluster) {
        cluster.enableFargateCapacityProviders();
      }
      const onDemand = { capacityProvider: 'FARGATE', base: onDemandBase, weight: onDemandWeight };
      return {
        compatibility: Compatibility.FARGATE,
        capacityProviderStrategies: [...(onDemandBase + onDemandWeight > 0 ? [onDemand] : []), { capacityProvider: 'FARGATE_SPOT', weight: spotWeight }],
      };
    });
  }

  /**
   * EC2 instances of an Auto Scaling group. Where the cluster is imported, it has to have the capacity provider.
   */
  public static ec2(capacityProvider: AsgCapacityProvider): Capacity {
    return new FixedCapacity((_, cluster) => {
      if (cluster instanceof Cluster) {
        cluster.addAsgCapacityProvider(capacityProvider);
      }
      return ofProvider(Compatibility.EC2, capacityProvider.capacityProviderName);
    });
  }

  /**
   * EC2 instances that AWS starts, patches and replaces: ECS Managed Instances. Where the cluster is imported, it has to have the capacity provider.
   */
  public static managedInstances(capacityProvider: ManagedInstancesCapacityProvider): Capacity {
    return new FixedCapacity((_, cluster) => {
      if (cluster instanceof Cluster) {
        cluster.addManagedInstancesCapacityProvider(capacityProvider);
      }
      return ofProvider(Compatibility.MANAGED_INSTANCES, capacityProvider.capacityProviderName);
    });
  }

  /**
   * Makes the cluster ready for tasks on this capacity.
   *
   * @param scope the construct that runs the tasks, for the path in error messages
   */
  public abstract bind(scope: Construct, cluster: ICluster): CapacityConfig;
}

class FixedCapacity extends Capacity {
  constructor(private readonly config: (scope: Construct, cluster: ICluster) => CapacityConfig) {
    super();
  }

  public bind(scope: Construct, cluster: ICluster): CapacityConfig {
    return this.config(scope, cluster);
  }
}

function ofProvider(compatibility: Compatibility, capacityProvider: string): CapacityConfig {
  return { compatibility, capacityProviderStrategies: [{ capacityProvider, weight: 1 }] };
}

function checkWhole(scope: Construct, name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw misuse(scope, `'${name}' is ${value}; expected a whole number from ${least} to ${most}`);
  }
}
