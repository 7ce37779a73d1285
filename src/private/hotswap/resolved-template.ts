import { CfnElement, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

export interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

/** The parts of a template that the CDK CLI looks at when it hotswaps. */
export interface ResolvedTemplate {
  readonly Parameters: { readonly [logicalId: string]: { readonly Type: string } };
  readonly Resources: { readonly [logicalId: string]: Resource };
  readonly Outputs: { readonly [logicalId: string]: unknown };
}

/** The part of a stack that CDK keeps to itself: nothing else tells what a template will be before it is written. */
interface Renderable {
  _toCloudFormation(): object;
}

/** The template that a stack is about to be synthesized to; undefined where that fails. */
export function resolveTemplate(stack: Stack): ResolvedTemplate | undefined {
  try {
    return { Parameters: {}, Resources: {}, Outputs: {}, ...stack.resolve((stack as unknown as Renderable)._toCloudFormation()) };
  } catch {
    // CDK says so itself, after the validations of the other constructs, which explain it better.
    return undefined;
  }
}

/** Whether a part of a template holds a text, in a value or in a key. */
export function contains(part: unknown, text: string): boolean {
  return part !== undefined && JSON.stringify(part).includes(text);
}

/** The construct that a user knows for what has a logical ID. */
export function constructOf(stack: Stack, logicalId: string): IConstruct {
  const constructs = stack.node.findAll();
  const element = constructs.find((construct) => CfnElement.isCfnElement(construct) && construct.stack === stack
    && stack.resolve(construct.logicalId) === logicalId);
  const nested = constructs.find((construct) => Stack.isStack(construct) && element !== undefined && construct.nestedStackResource === element);
  const parent = element?.node.scope;
  return nested ?? (parent?.node.defaultChild === element ? parent : element) ?? stack;
}
