import { AwsError } from './aws-error';
import { Parameters } from './query-protocol';

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: string }>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
}

interface DeployedStack {
  readonly id: string;
  readonly name: string;
  /** That of the last deployment. */
  template: Template;
  changeSet?: { readonly id: string; readonly template: Template };
  status: string;
}

const ACCOUNT = '000000000000';
const REGION = 'eu-west-1';
const NOW = new Date(0).toISOString();

/** CloudFormation as far as `cdk deploy` sees it: a deployment succeeds at once, and makes a physical ID for each resource. */
export class CloudFormation {
  public readonly actions: Readonly<Record<string, (parameters: Parameters) => object>> = {
    DescribeStacks: ({ StackName }) => ({ Stacks: [this.describe(this.find(StackName))] }),
    GetTemplate: ({ StackName }) => ({ TemplateBody: JSON.stringify(this.find(StackName).template) }),
    ListStackResources: ({ StackName }) => ({ StackResourceSummaries: this.resources(this.find(StackName)) }),
    DescribeStackResources: ({ StackName }) => ({ StackResources: this.resources(this.find(StackName)) }),
    DescribeStackEvents: () => ({ StackEvents: [] }),
    DescribeEvents: () => ({ OperationEvents: [] }),
    DescribeType: () => ({ Schema: '{}' }),
    ListExports: () => ({ Exports: [{ ExportingStackId: 'other', Name: 'exported-name', Value: 'exported value' }] }),
    CreateChangeSet: (parameters) => this.createChangeSet(parameters),
    DescribeChangeSet: ({ StackName }) => this.describeChangeSet(this.find(StackName)),
    ExecuteChangeSet: ({ StackName }) => this.execute(this.find(StackName)),
    DeleteChangeSet: ({ StackName }) => this.deleteChangeSet(this.find(StackName)),
  };

  private readonly stacks = new Map<string, DeployedStack>();

  /** @param readObject returns what the CLI has uploaded, by the name of the object */
  constructor(private readonly readObject: (name: string) => string) {}

  private find(nameOrId: string): DeployedStack {
    const stack = [...this.stacks.values()].find(({ name, id }) => nameOrId === name || nameOrId === id);
    if (stack === undefined) {
      throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
    }
    return stack;
  }

  private describe({ id, name, status, template }: DeployedStack): object {
    return {
      StackName: name,
      StackId: id,
      StackStatus: status,
      CreationTime: NOW,
      Parameters: Object.entries(template.Parameters ?? {}).map(([ParameterKey, { Type, Default }]) => ({
        ParameterKey, ParameterValue: Default, ResolvedValue: Type.startsWith('AWS::SSM::') ? `value of ${Default}` : undefined,
      })),
      Outputs: [],
    };
  }

  private createChangeSet({ StackName, ChangeSetName, TemplateURL, TemplateBody }: Parameters): object {
    const stack = this.stacks.get(StackName) ?? this.add(StackName, { Resources: {} }, 'REVIEW_IN_PROGRESS');
    const template = JSON.parse(TemplateBody ?? this.readObject(TemplateURL.split('/').at(-1) ?? ''));
    stack.changeSet = { id: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:changeSet/${ChangeSetName}/0`, template };
    return { Id: stack.changeSet.id, StackId: stack.id };
  }

  private describeChangeSet({ id, name, changeSet }: DeployedStack): object {
    if (changeSet === undefined) {
      throw new AwsError('ChangeSetNotFound', `${name} has no change set`);
    }
    const change = { Action: 'Modify', LogicalResourceId: 'Task', ResourceType: 'AWS::ECS::TaskDefinition', Scope: [], Details: [] };
    return {
      ChangeSetId: changeSet.id,
      StackId: id,
      StackName: name,
      CreationTime: NOW,
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: [{ Type: 'Resource', ResourceChange: change }],
    };
  }

  private execute(stack: DeployedStack): object {
    this.deploy(stack, stack.changeSet?.template ?? stack.template);
    return this.deleteChangeSet(stack);
  }

  private deleteChangeSet(stack: DeployedStack): object {
    stack.changeSet = undefined;
    return {};
  }

  private deploy(stack: DeployedStack, template: Template): void {
    stack.status = stack.status === 'REVIEW_IN_PROGRESS' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
    stack.template = template;
    for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::CloudFormation::Stack') {
        const [object] = JSON.stringify(Properties?.TemplateURL).match(/[0-9a-f]{64}\.json/) ?? [''];
        const name = `${stack.name}-${logicalId}`;
        this.deploy(this.stacks.get(name) ?? this.add(name, { Resources: {} }, 'REVIEW_IN_PROGRESS'), JSON.parse(this.readObject(object)));
      }
    }
  }

  private add(name: string, template: Template, status: string): DeployedStack {
    const stack = { id: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/0`, name, template, status };
    this.stacks.set(name, stack);
    return stack;
  }

  private resources({ name, template }: DeployedStack): object[] {
    return Object.entries(template.Resources).map(([LogicalResourceId, { Type }]) => ({
      LogicalResourceId,
      PhysicalResourceId: this.physicalId(`${name}-${LogicalResourceId}`, Type),
      ResourceType: Type,
      ResourceStatus: 'CREATE_COMPLETE',
      Timestamp: NOW,
      LastUpdatedTimestamp: NOW,
    }));
  }

  private physicalId(name: string, type: string): string {
    switch (type) {
      case 'AWS::CloudFormation::Stack': return this.find(name).id;
      case 'AWS::ECS::Service': return `arn:aws:ecs:${REGION}:${ACCOUNT}:service/cluster/${name}`;
      case 'AWS::ECS::TaskDefinition': return `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/${name}:1`;
      default: return name;
    }
  }
}
