import type { Finding } from './find-hindrances';
import type { ResolvedTemplate } from './resolved-template';

/** What the CLI knows without asking the stack. */
const PSEUDO_PARAMETERS = ['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix'];
const FUNCTIONS = ['Fn::Join', 'Fn::Select', 'Fn::Split'];

/** Whether the CLI can register a task definition as CloudFormation would: it evaluates what is in the template itself. */
export function taskDefinitionExpressions(template: ResolvedTemplate, logicalId: string): Finding[] {
  // The family is the one part that it looks up where it can't evaluate it.
  const { Family: _, ...properties } = template.Resources[logicalId].Properties ?? {};
  return [
    ...unevaluatedExpressions(template, properties).map((expression) => ({
      logicalId,
      id: 'hotswapIntrinsic',
      message: `the CDK CLI can't evaluate ${expression} in this task definition, so that it does not hotswap the stack; use a value that is known at synth, ` +
        "or let the app read it when it starts, by 'secrets' or an API of AWS",
    })),
    ...dynamicReferences(properties).map((reference) => ({
      logicalId,
      id: 'hotswapDynamicReference',
      message: `the CDK CLI hotswaps '${reference}' in this task definition as that text, not as the value that it stands for; use 'secrets' of the container`,
    })),
  ];
}

/** The expressions in a part of a template that make the CLI give up. */
export function unevaluatedExpressions(template: ResolvedTemplate, part: unknown): string[] {
  return unique(expressions(part).flatMap(([name, args]) => {
    switch (name) {
      case 'Ref': return canRefer(template, args) ? [] : [`Ref ${text(args)}`];
      case 'Fn::GetAtt': return canGetAttribute(template, args) ? [] : [`Fn::GetAtt ${text(args)}`];
      case 'Fn::Sub': return placeholders(args).filter((key) => !(key.includes('.') ? canGetAttribute(template, split(key)) : canRefer(template, key)))
        .map((key) => `Fn::Sub \${${key}}`);
      case 'Fn::ImportValue': return typeof args === 'string' ? [] : ['Fn::ImportValue of an expression'];
      default: return FUNCTIONS.includes(name) ? [] : [name];
    }
  }));
}

/** What only CloudFormation replaces: to the CLI it is plain text. */
function dynamicReferences(properties: unknown): string[] {
  return unique(texts(properties).filter((value) => value.includes('{{resolve:')));
}

/** All intrinsic functions, with their arguments, however deep. */
function expressions(part: unknown): [string, unknown][] {
  if (typeof part !== 'object' || part === null) {
    return [];
  }
  const entries = Object.entries(part);
  const intrinsics = entries.filter(([name]) => entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::')));
  return [...intrinsics, ...entries.flatMap(([, child]) => expressions(child))];
}

function texts(part: unknown): string[] {
  return typeof part === 'string' ? [part] : typeof part === 'object' && part !== null ? Object.values(part).flatMap(texts) : [];
}

function placeholders(args: unknown): string[] {
  const [template, values] = Array.isArray(args) ? args : [args, {}];
  return [...String(template).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, key]) => key).filter((key) => !(key in (values ?? {})));
}

function canRefer({ Parameters, Resources }: ResolvedTemplate, name: unknown): boolean {
  return typeof name === 'string' && (PSEUDO_PARAMETERS.includes(name) || name in Parameters || name in Resources);
}

/** The CLI asks Cloud Control for attributes, which does not know custom resources and nests what has a dot. */
function canGetAttribute({ Resources }: ResolvedTemplate, args: unknown): boolean {
  if (!Array.isArray(args) || typeof args[1] !== 'string') {
    return false;
  }
  const [logicalId, attribute] = args;
  const type = Resources[logicalId]?.Type;
  if (type === undefined || type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') {
    return false;
  }
  return type === 'AWS::CloudFormation::Stack' ? attribute.startsWith('Outputs.') : !attribute.includes('.');
}

function split(key: string): [string, string] {
  const dot = key.indexOf('.');
  return [key.slice(0, dot), key.slice(dot + 1)];
}

function text(value: unknown): string {
  return Array.isArray(value) ? value.map(text).join('.') : typeof value === 'string' ? value : JSON.stringify(value);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
