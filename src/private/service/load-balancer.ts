import { CfnOutput } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { IVpc, Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { BaseService, ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { ApplicationListener, ApplicationLoadBalancer, ApplicationProtocol, ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { SlimNodeServiceProps } from '../../slim-node-service-props';

export interface ServiceLoadBalancer {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly listener: ApplicationListener;
  readonly targetGroup: ApplicationTargetGroup;
}

/** Puts a load balancer in front of a service. */
export function makeLoadBalancer(
  scope: Construct, vpc: IVpc, service: BaseService, container: ContainerDefinition, port: number, props: SlimNodeServiceProps,
): ServiceLoadBalancer {
  const loadBalancer = new ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc,
    internetFacing: props.publicLoadBalancer,
    // Headers that are no valid HTTP are what request smuggling is made of.
    dropInvalidHeaderFields: true,
  });
  if (props.accessLogsBucket !== undefined) {
    loadBalancer.logAccessLogs(props.accessLogsBucket);
  }
  const listener = makeListener(scope, loadBalancer, vpc, props);
  const targetGroup = listener.addTargets('Tasks', {
    port,
    protocol: ApplicationProtocol.HTTP,
    targets: [service.loadBalancerTarget({ containerName: container.containerName, containerPort: port })],
    healthCheck: { path: props.healthCheckPath ?? '/', healthyHttpCodes: '200-399' },
  });
  makeAddress(scope, loadBalancer, listener, props);
  return { loadBalancer, listener, targetGroup };
}

function makeListener(scope: Construct, loadBalancer: ApplicationLoadBalancer, vpc: IVpc, props: SlimNodeServiceProps): ApplicationListener {
  const { domainName, domainZone, publicLoadBalancer } = props;
  const isHttps = (props.protocol ?? (props.certificate || domainName ? ApplicationProtocol.HTTPS : undefined)) === ApplicationProtocol.HTTPS;
  const peers = props.allowedPeers ?? [publicLoadBalancer ? Peer.anyIpv4() : Peer.ipv4(vpc.vpcCidrBlock)];
  const allow = (port: Port) => peers.forEach((peer) => loadBalancer.connections.allowFrom(peer, port));
  if (!isHttps) {
    allow(Port.tcp(80));
    return loadBalancer.addListener('Listener', { protocol: ApplicationProtocol.HTTP, open: false });
  }
  allow(Port.tcp(443));
  allow(Port.tcp(80));
  loadBalancer.addRedirect({ open: false });
  const certificate = props.certificate ?? new Certificate(scope, 'Certificate', {
    domainName: domainName ?? '',
    validation: CertificateValidation.fromDns(domainZone),
  });
  return loadBalancer.addListener('Listener', { protocol: ApplicationProtocol.HTTPS, certificates: [certificate], open: false });
}

function makeAddress(scope: Construct, loadBalancer: ApplicationLoadBalancer, listener: ApplicationListener, props: SlimNodeServiceProps): void {
  const { domainName, domainZone } = props;
  if (domainName !== undefined && domainZone !== undefined) {
    new ARecord(scope, 'Record', { zone: domainZone, recordName: domainName, target: RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer)) });
  }
  // It has nothing of the image in it, so that it does not block hotswap.
  new CfnOutput(scope, 'Url', { value: `${listener.port === 443 ? 'https' : 'http'}://${domainName ?? loadBalancer.loadBalancerDnsName}` });
}
