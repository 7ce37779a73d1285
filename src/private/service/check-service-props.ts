import { Token } from 'aws-cdk-lib';
import { ApplicationProtocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { SlimNodeServiceProps } from '../../slim-node-service-props';
import { misuse } from '../misuse';

const OF_LOAD_BALANCERS = [
  'healthCheckPath', 'domainName', 'domainZone', 'certificate', 'protocol', 'allowedPeers', 'accessLogsBucket', 'requestsPerTarget',
] as const;
const OF_RUNNING_SERVICES = [
  'queue', 'minCapacity', 'maxCapacity', 'cpuUtilizationPercent', 'memoryUtilizationPercent', 'messagesPerTask', 'rollout',
] as const;

/** Fails for props that contradict each other, or that a service can't have. */
export function checkServiceProps(scope: Construct, props: SlimNodeServiceProps): void {
  const image = props.image ?? props.imageProps;
  if (props.publicLoadBalancer !== undefined && image !== undefined && image.port === undefined) {
    throw misuse(scope, "a load balancer needs the port that the app listens on; set 'port' of the image");
  }
  if (props.cluster !== undefined && props.vpc !== undefined) {
    throw misuse(scope, "both 'cluster' and 'vpc'; a cluster has its own network, so leave out 'vpc'");
  }
  if (props.enableExecuteCommand && props.container?.readonlyRootFilesystem) {
    throw misuse(scope, "'enableExecuteCommand' needs a writable root file system, as its agent writes to it; leave out 'readonlyRootFilesystem'");
  }
  checkKind(scope, props);
  checkHttps(scope, props);
  checkCapacity(scope, props);
}

function checkKind(scope: Construct, props: SlimNodeServiceProps): void {
  const { publicLoadBalancer, queue, schedule, messagesPerTask } = props;
  const refuse = (names: readonly (keyof SlimNodeServiceProps)[], why: string) => {
    const given = names.find((name) => props[name] !== undefined);
    if (given !== undefined) {
      throw misuse(scope, `'${given}' is ${why}`);
    }
  };
  if (publicLoadBalancer === undefined) {
    refuse(OF_LOAD_BALANCERS, "for a service with a load balancer; set 'publicLoadBalancer' to true, or to false for an internal one");
  } else {
    refuse(['queue', 'schedule'], "for a worker, which has no load balancer; leave out 'publicLoadBalancer', or make a service for each");
  }
  if (schedule !== undefined) {
    refuse(OF_RUNNING_SERVICES, "for a service that runs all the time, and 'schedule' starts single tasks; leave one of them out");
  }
  if (queue === undefined && messagesPerTask !== undefined) {
    throw misuse(scope, "'messagesPerTask' is for a worker with a queue; set 'queue'");
  }
  const { healthCheckPath } = props;
  if (healthCheckPath !== undefined && !Token.isUnresolved(healthCheckPath) && !/^\/[^\s]*$/.test(healthCheckPath)) {
    throw misuse(scope, `'healthCheckPath' is ${JSON.stringify(healthCheckPath)}; expected an absolute path, such as '/healthz'`);
  }
}

function checkHttps(scope: Construct, { protocol, certificate, domainName, domainZone }: SlimNodeServiceProps): void {
  if (protocol === ApplicationProtocol.HTTPS && certificate === undefined && domainName === undefined) {
    throw misuse(scope, "'protocol' is HTTPS, which needs a certificate; set 'domainName' and 'domainZone' to have one made, or 'certificate'");
  }
  if (domainName !== undefined && domainZone === undefined) {
    throw misuse(scope, "'domainName' needs the zone that its record is made in; set 'domainZone', or give only a 'certificate' and make the record yourself");
  }
  if (domainName === undefined && domainZone !== undefined) {
    throw misuse(scope, "'domainZone' needs the name that is made in it; set 'domainName'");
  }
}

function checkCapacity(scope: Construct, props: SlimNodeServiceProps): void {
  const { minCapacity = 1, maxCapacity = minCapacity } = props;
  checkNumber(scope, 'minCapacity', minCapacity, 0, Infinity);
  checkNumber(scope, 'maxCapacity', maxCapacity, 1, Infinity);
  checkNumber(scope, 'cpuUtilizationPercent', props.cpuUtilizationPercent, 1, 100);
  checkNumber(scope, 'memoryUtilizationPercent', props.memoryUtilizationPercent, 1, 100);
  checkNumber(scope, 'requestsPerTarget', props.requestsPerTarget, 1, Infinity);
  checkNumber(scope, 'messagesPerTask', props.messagesPerTask, 1, Infinity);
  if (maxCapacity < minCapacity) {
    throw misuse(scope, `'maxCapacity' is ${maxCapacity} and 'minCapacity' is ${minCapacity}; expected at least as many`);
  }
  const measure = (['cpuUtilizationPercent', 'memoryUtilizationPercent', 'requestsPerTarget'] as const).find((name) => props[name] !== undefined);
  if (measure !== undefined && maxCapacity === minCapacity) {
    throw misuse(scope, `'${measure}' scales the service, but 'maxCapacity' is not above 'minCapacity', ${minCapacity}; set 'maxCapacity'`);
  }
}

function checkNumber(scope: Construct, name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || Token.isUnresolved(value) || (Number.isInteger(value) && value >= least && value <= most)) {
    return;
  }
  throw misuse(scope, `'${name}' is ${value}; expected a whole number ${most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`}`);
}
