import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { AwsError } from './aws-error';
import { CloudFormation } from './cloud-formation';
import { Input, jsonServices } from './json-services';
import { errorResponse, Parameters, parseForm, response } from './query-protocol';

/** A call of the CDK CLI. */
export interface AwsCall {
  readonly action: string;
  readonly input: Input;
}

const CREDENTIALS = { AccessKeyId: 'ASIA0000000000000000', SecretAccessKey: 'secret', SessionToken: 'token', Expiration: '2999-01-01T00:00:00Z' };

/** The services of AWS that `cdk deploy` calls, on the loopback address, with as much behind them as it takes for a deployment. */
export class AwsEndpoints {
  public static async start(): Promise<AwsEndpoints> {
    const endpoints = new AwsEndpoints();
    endpoints.server.listen(0, '127.0.0.1');
    await once(endpoints.server, 'listening');
    return endpoints;
  }

  /** All calls so far, in order. */
  public readonly calls: AwsCall[] = [];

  private readonly objects = new Map<string, string>();
  private readonly cloudFormation = new CloudFormation((name) => this.readObject(name));
  private readonly server: Server = createServer((request, answer) => void this.answer(request, answer));

  private constructor() {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = (await request.toArray() as Buffer[]).map((chunk) => chunk.toString('latin1')).join('');
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') {
      this.answerJson(target, JSON.parse(body || '{}'), answer);
    } else if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      this.answerQuery(parseForm(body), answer);
    } else {
      this.answerStorage(request, body, answer);
    }
  }

  private answerJson(target: string, input: Input, answer: ServerResponse): void {
    this.calls.push({ action: target.split('.')[1], input });
    answer.setHeader('content-type', 'application/x-amz-json-1.1');
    try {
      answer.end(JSON.stringify(known(jsonServices, target)(input)));
    } catch (error) {
      const { code, message } = refusal(error);
      answer.writeHead(400).end(JSON.stringify({ __type: code, message }));
    }
  }

  private answerQuery(parameters: Parameters, answer: ServerResponse): void {
    const { Action: action } = parameters;
    this.calls.push({ action, input: parameters });
    answer.setHeader('content-type', 'text/xml');
    try {
      answer.end(response(action, known({ ...sts, ...this.cloudFormation.actions }, action)(parameters)));
    } catch (error) {
      const { code, message } = refusal(error);
      answer.writeHead(400).end(errorResponse(code, message));
    }
  }

  /** S3, with the bucket in the path. The CLI asks for it, and stores templates there. */
  private answerStorage({ method, url = '' }: IncomingMessage, body: string, answer: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, this.url);
    if (method === 'PUT') {
      // A template may be in chunks that are signed one by one.
      this.objects.set(pathname, body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1));
      answer.end();
    } else if (searchParams.has('list-type')) {
      answer.end('<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>');
    } else if (searchParams.has('location')) {
      answer.end('<LocationConstraint>eu-west-1</LocationConstraint>');
    } else if (searchParams.has('encryption')) {
      answer.end('<ServerSideEncryptionConfiguration></ServerSideEncryptionConfiguration>');
    } else {
      answer.writeHead(404).end();
    }
  }

  private readObject(name: string): string {
    const [, content] = [...this.objects].find(([pathname]) => pathname.endsWith(`/${name}`)) ?? [];
    if (content === undefined) {
      throw new AwsError('ValidationError', `no object ${name} has been uploaded`);
    }
    return content;
  }
}

const sts = {
  GetCallerIdentity: () => ({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:user/user', UserId: 'user' }),
  AssumeRole: ({ RoleArn }: Parameters) => ({ Credentials: CREDENTIALS, AssumedRoleUser: { Arn: RoleArn, AssumedRoleId: 'role:session' } }),
};

function known<T>(actions: Readonly<Record<string, T>>, name: string): T {
  if (!(name in actions)) {
    throw new AwsError('InvalidAction', `${name} is not known here`);
  }
  return actions[name];
}

function refusal(error: unknown): Pick<AwsError, 'code' | 'message'> {
  return error instanceof AwsError ? error : { code: 'InternalFailure', message: String(error) };
}
