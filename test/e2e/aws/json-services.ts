import { AwsError } from './aws-error';

/** Input of a call, of which the services here read a few strings. */
export interface Input {
  readonly [name: string]: unknown;
}

/** What Cloud Control answers for the types that the tests ask for. */
const CLOUD_CONTROL_PROPERTIES: Readonly<Record<string, object>> = {
  'AWS::RDS::DBInstance': { DBInstanceIdentifier: 'database', Endpoint: { Address: 'database.example.com', Port: '5432' } },
  'AWS::SQS::Queue': { QueueName: 'queue', Arn: 'arn:aws:sqs:eu-west-1:000000000000:queue' },
};

/** The services with the JSON protocol, by the target of a call. Every image is in the registry. */
export const jsonServices: Readonly<Record<string, (input: Input) => object>> = {
  'AmazonSSM.GetParameter': ({ Name }) => ({ Parameter: { Name, Type: 'String', Value: '30' } }),

  'AmazonEC2ContainerRegistry_V20150921.DescribeImages': () => ({ imageDetails: [{ imageDigest: `sha256:${'0'.repeat(64)}` }] }),
  'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories': () => ({ repositories: [{ repositoryUri: '127.0.0.1/repository' }] }),

  'AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition': ({ family }) =>
    ({ taskDefinition: { taskDefinitionArn: `arn:aws:ecs:eu-west-1:000000000000:task-definition/${String(family)}:2` } }),
  'AmazonEC2ContainerServiceV20141113.UpdateService': ({ service, cluster }) => ({ service: { serviceArn: service, clusterArn: cluster } }),
  'AmazonEC2ContainerServiceV20141113.DescribeServices': ({ services }) => ({
    services: [services].flat().map((serviceArn) => ({ serviceArn, status: 'ACTIVE', desiredCount: 1, runningCount: 1, deployments: [{ status: 'PRIMARY' }] })),
    failures: [],
  }),

  'CodeBuild_20161006.UpdateProject': () => ({}),

  'CloudApiService.GetResource': ({ TypeName, Identifier }) => {
    const properties = CLOUD_CONTROL_PROPERTIES[String(TypeName)];
    if (properties === undefined) {
      throw new AwsError('UnsupportedActionException', `${String(TypeName)} does not support READ`);
    }
    return { TypeName, ResourceDescription: { Identifier, Properties: JSON.stringify(properties) } };
  },
  'CloudApiService.UpdateResource': ({ TypeName, Identifier }) =>
    ({ ProgressEvent: { TypeName, Identifier, RequestToken: 'token', Operation: 'UPDATE', OperationStatus: 'SUCCESS' } }),
  'CloudApiService.GetResourceRequestStatus': () => ({ ProgressEvent: { RequestToken: 'token', Operation: 'UPDATE', OperationStatus: 'SUCCESS' } }),
};
