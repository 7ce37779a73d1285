import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { IPeer, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { CpuArchitecture, ICluster } from 'aws-cdk-lib/aws-ecs';
import { ApplicationProtocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Capacity } from './capacity';
import { ContainerOptions } from './container-options';
import { Rollout } from './rollout';
import { SlimNodeImage, SlimNodeImageProps } from './slim-node-image';

/** Properties of `SlimNodeService`. */
export interface SlimNodeServiceProps {
  /**
   * Image that the tasks run. Fails when `imageProps` are given, too, or neither.
   *
   * @default - one is made from `imageProps`
   */
  readonly image?: SlimNodeImage;

  /**
   * Properties of an image for this service alone.
   *
   * @default - `image` is used
   */
  readonly imageProps?: SlimNodeImageProps;

  /**
   * Cluster that the tasks run in.
   *
   * @default - one is made, with Container Insights
   */
  readonly cluster?: ICluster;

  /**
   * Network of the cluster that is made. Fails when `cluster` is given, too.
   *
   * @default - one is made, with two Availability Zones, one NAT gateway, and flow logs
   */
  readonly vpc?: IVpc;

  /**
   * Subnets that the tasks run in.
   *
   * @default - private ones, or public ones where `assignPublicIp` is set
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Security groups of the tasks.
   *
   * @default - one is made, which lets in nobody but the load balancer
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Give each task an IPv4 address that is reachable from the internet, for a network without NAT gateways. Fargate only.
   *
   * @default false
   */
  readonly assignPublicIp?: boolean;

  /**
   * CPU units of a task; 1024 are one vCPU. Fails for what Fargate does not have: 256, 512, 1024, 2048, 4096, 8192 or 16384.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * Memory of a task, in MiB. Fails for what Fargate does not have together with `cpu`.
   *
   * @default - twice `cpu`
   */
  readonly memoryLimitMiB?: number;

  /**
   * CPU architecture of the tasks. An image that does not say otherwise is built for it; fails when it is built for another.
   *
   * @default - that of the image, which is X86_64 if it does not say
   */
  readonly cpuArchitecture?: CpuArchitecture;

  /**
   * What the tasks run on.
   *
   * @default Capacity.fargate()
   */
  readonly capacity?: Capacity;

  /**
   * Options of the container: environment, secrets, health check, and more.
   *
   * @default - those of `SlimNodeImage.addToTaskDefinition`
   */
  readonly container?: ContainerOptions;

  /**
   * Let `aws ecs execute-command` start programs in the container. The root file system is writable then, as the agent writes to it.
   *
   * Fails when `container.readonlyRootFilesystem` is true.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;

  /**
   * How a new version replaces the old one.
   *
   * @default Rollout.fast()
   */
  readonly rollout?: Rollout;

  /**
   * Put a load balancer in front of the tasks: one that faces the internet, or, with `false`, an internal one.
   * Fails when the image has no `port`.
   *
   * @default - no load balancer
   */
  readonly publicLoadBalancer?: boolean;

  /**
   * Path that the load balancer asks whether a task works; any status from 200 to 399 is healthy. Fails when it does not begin with `/`.
   *
   * @default '/'
   */
  readonly healthCheckPath?: string;

  /**
   * Domain name of the load balancer, such as `api.example.com`. An alias record is made, and a certificate unless one is given.
   * Fails without `domainZone`.
   *
   * @default - the name that the load balancer gets from AWS
   */
  readonly domainName?: string;

  /**
   * Zone of Route 53 that the domain name is in.
   *
   * @default - none
   */
  readonly domainZone?: IHostedZone;

  /**
   * Certificate for HTTPS.
   *
   * @default - one is made for `domainName`
   */
  readonly certificate?: ICertificate;

  /**
   * Protocol that clients speak. Fails for HTTPS with neither a domain name nor a certificate.
   *
   * @default - HTTPS with a domain name or a certificate, and HTTP is redirected to it; else HTTP
   */
  readonly protocol?: ApplicationProtocol;

  /**
   * Who may connect to the load balancer.
   *
   * @default - everyone, for one that faces the internet; the network of the cluster, for an internal one
   */
  readonly allowedPeers?: IPeer[];

  /**
   * Bucket that the load balancer writes a log of all requests to. The stack has to know its region.
   *
   * @default - requests are not logged
   */
  readonly accessLogsBucket?: IBucket;

  /**
   * How many tasks run at least.
   *
   * @default 1
   */
  readonly minCapacity?: number;

  /**
   * How many tasks run at most. ECS scales between the two.
   *
   * @default - `minCapacity`, so that nothing is scaled
   */
  readonly maxCapacity?: number;

  /**
   * Average use of the CPU that tasks are added or removed to keep, in percent.
   *
   * @default - 70 where the service is scaled and none of the other measures is given
   */
  readonly cpuUtilizationPercent?: number;

  /**
   * Average use of memory that tasks are added or removed to keep, in percent.
   *
   * @default - it does not count
   */
  readonly memoryUtilizationPercent?: number;

  /**
   * Requests a minute and task that tasks are added or removed to keep. Fails without a load balancer.
   *
   * @default - they do not count
   */
  readonly requestsPerTarget?: number;

  /**
   * Queue that the app works off. It may read and delete messages, its container has the URL in QUEUE_URL, and the number of messages
   * scales the service. Fails with a load balancer.
   *
   * @default - none
   */
  readonly queue?: IQueue;

  /**
   * Messages for each task, those that it works on included: with 500 messages and 100 for each, five tasks run, within `minCapacity` and `maxCapacity`.
   *
   * @default 100
   */
  readonly messagesPerTask?: number;

  /**
   * When a task is started, which ends by itself. There is no service then that keeps it running. Fails with a load balancer, a queue,
   * scaling or a rollout.
   *
   * @default - the tasks run all the time
   */
  readonly schedule?: ScheduleExpression;
}
