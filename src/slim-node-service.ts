import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { BaseService, Compatibility, ContainerDefinition, Ec2Service, FargateService, ICluster, ScalableTaskCount, TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ApplicationListener, ApplicationLoadBalancer, ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Schedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { Capacity, CapacityConfig } from './capacity';
import { ContainerOptions } from './container-options';
import { misuse } from './private/misuse';
import { checkServiceProps } from './private/service/check-service-props';
import { makeCluster } from './private/service/cluster';
import { makeLoadBalancer } from './private/service/load-balancer';
import { isScaled, scaleService } from './private/service/scaling';
import { makeSchedule } from './private/service/schedule';
import { checkPlatformOfImage, makeTaskDefinition, platformFor } from './private/service/task-definition';
import { Rollout } from './rollout';
import { RolloutEstimate } from './rollout-estimate';
import { SlimNodeImage, SlimNodeImageProps } from './slim-node-image';
import { SlimNodeServiceProps } from './slim-node-service-props';

/**
 * An app that runs on ECS: the image, the task, and the service with what is in front of it, in one construct.
 *
 * With `publicLoadBalancer` it serves HTTP, with `queue` it works off messages, with `schedule` single tasks are started, and with none of
 * them it is a worker that runs all the time.
 */
export class SlimNodeService extends Construct implements IConnectable {
  /** The image that the tasks run. */
  public readonly image: SlimNodeImage;

  /** The cluster that the tasks run in. */
  public readonly cluster: ICluster;

  /** What a task consists of. Its task role is what the app itself may do. */
  public readonly taskDefinition: TaskDefinition;

  /** The container of the app. */
  public readonly container: ContainerDefinition;

  /**
   * The load balancer.
   *
   * @default - none, without `publicLoadBalancer`
   */
  public readonly loadBalancer?: ApplicationLoadBalancer;

  /**
   * The listener that clients connect to.
   *
   * @default - none, without `publicLoadBalancer`
   */
  public readonly listener?: ApplicationListener;

  /**
   * The target group that the tasks are in.
   *
   * @default - none, without `publicLoadBalancer`
   */
  public readonly targetGroup?: ApplicationTargetGroup;

  /**
   * What scales the service, for more policies and schedules.
   *
   * @default - none, where `maxCapacity` is not above `minCapacity`
   */
  public readonly scaling?: ScalableTaskCount;

  /**
   * What starts the tasks.
   *
   * @default - none, without `schedule`
   */
  public readonly schedule?: Schedule;

  /**
   * What a rollout waits for by configuration, in seconds, step by step.
   *
   * @default - none, with `schedule`
   */
  public readonly rolloutEstimate?: RolloutEstimate;

  private readonly running?: BaseService;

  constructor(scope: Construct, id: string, props: SlimNodeServiceProps) {
    super(scope, id);
    checkServiceProps(this, props);

    this.image = this.chooseImage(props);
    const platform = this.image._choosePlatform(props.cpuArchitecture && platformFor(props.cpuArchitecture));
    checkPlatformOfImage(this, this.image, platform, props.cpuArchitecture);
    this.cluster = props.cluster ?? makeCluster(this, props.vpc);
    const capacity = (props.capacity ?? Capacity.fargate()).bind(this, this.cluster);
    this.taskDefinition = makeTaskDefinition(this, capacity.compatibility, platform, props);
    this.container = this.image.addToTaskDefinition(this.taskDefinition, this.containerOptions(capacity.compatibility, props));
    props.queue?.grantConsumeMessages(this.taskDefinition.taskRole);

    if (props.schedule !== undefined) {
      this.schedule = makeSchedule(this, props.schedule, this.cluster, this.taskDefinition, capacity, props);
      return;
    }
    this.running = this.makeService(capacity, props);
    const { port } = this.image;
    if (props.publicLoadBalancer !== undefined && port !== undefined) {
      const { loadBalancer, listener, targetGroup } = makeLoadBalancer(this, this.cluster.vpc, this.running, this.container, port, props);
      this.loadBalancer = loadBalancer;
      this.listener = listener;
      this.targetGroup = targetGroup;
    }
    if (isScaled(props)) {
      this.scaling = scaleService(this.running, this.targetGroup, props);
    }
    this.rolloutEstimate = (props.rollout ?? Rollout.fast()).applyTo(this.running);
  }

  /** The service: a `FargateService`, or an `Ec2Service` on instances of EC2. Fails with `schedule`, where there is none. */
  public get service(): BaseService {
    if (this.running === undefined) {
      throw misuse(this, "tasks are started by a schedule, so that there is no service; use 'schedule' and 'taskDefinition'");
    }
    return this.running;
  }

  /** Who may connect to the tasks, and to whom they may. Fails with `schedule`; give that security groups of your own. */
  public get connections(): Connections {
    return this.service.connections;
  }

  private chooseImage({ image, imageProps }: SlimNodeServiceProps): SlimNodeImage {
    if (imageProps === undefined ? image === undefined : image !== undefined) {
      throw misuse(this, `${image === undefined ? 'no image' : "both 'image' and 'imageProps'"}; expected one of them: set 'image' or 'imageProps'`);
    }
    return image ?? new SlimNodeImage(this, 'Image', imageProps as SlimNodeImageProps);
  }

  private makeService({ compatibility, capacityProviderStrategies }: CapacityConfig, props: SlimNodeServiceProps): BaseService {
    const options = {
      cluster: this.cluster,
      taskDefinition: this.taskDefinition,
      capacityProviderStrategies,
      // A number would undo at each deployment what scaling did.
      desiredCount: isScaled(props) ? undefined : props.minCapacity ?? 1,
      enableExecuteCommand: props.enableExecuteCommand,
      enableECSManagedTags: true,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    };
    return compatibility === Compatibility.EC2
      ? new Ec2Service(this, 'Service', options)
      : new FargateService(this, 'Service', { ...options, assignPublicIp: props.assignPublicIp });
  }

  private containerOptions(compatibility: Compatibility, props: SlimNodeServiceProps): ContainerOptions {
    const { container = {}, queue, enableExecuteCommand, cpu = 256, memoryLimitMiB = 2 * cpu } = props;
    return {
      ...container,
      containerName: container.containerName ?? 'App',
      environment: { ...(queue && { QUEUE_URL: queue.queueUrl }), ...container.environment },
      readonlyRootFilesystem: container.readonlyRootFilesystem ?? !enableExecuteCommand,
      // Instances need to know how much of their memory a container takes.
      memoryLimitMiB: container.memoryLimitMiB ?? (compatibility === Compatibility.FARGATE ? undefined : memoryLimitMiB),
    };
  }
}
