import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { changesWithImage } from './changes-with-image';
import { constructOf, contains, resolveTemplate, ResolvedTemplate } from './resolved-template';
import { taskDefinitionExpressions, unevaluatedExpressions } from './task-definition-expressions';
import { taskDefinitionReferences } from './task-definition-references';

/** An image, as it appears in templates: its hash is the tag of its reference. */
export interface HashedImage extends IConstruct {
  readonly assetHash: string;
}

/** What a rule found. */
export interface Finding {
  /** Of a resource or an output. */
  readonly logicalId: string;
  /** Name of the rule. */
  readonly id: string;
  readonly message: string;
}

/** A finding at the construct that causes it. */
export interface Hindrance extends Omit<Finding, 'logicalId'> {
  readonly construct: IConstruct;
}

/** What in a stack and its nested stacks hinders the CDK CLI from hotswapping images. */
export function findHindrances(stack: Stack, images: readonly HashedImage[]): Hindrance[] {
  const template = resolveTemplate(stack);
  if (template === undefined) {
    return [];
  }
  const findings = images.filter(({ assetHash }) => contains(template, assetHash)).flatMap((image) => [
    ...changesWithImage(template, image),
    ...taskDefinitionsWith(template, image).flatMap((logicalId) => [
      ...taskDefinitionReferences(template, logicalId),
      ...taskDefinitionExpressions(template, logicalId),
    ]),
  ]);
  return [
    ...findings.map(({ logicalId, id, message }) => ({ construct: constructOf(stack, logicalId), id, message })),
    ...nestedStacksOf(stack).flatMap((nested) => [...unevaluatedParameters(nested, template, images), ...findHindrances(nested, images)]),
  ];
}

function taskDefinitionsWith({ Resources }: ResolvedTemplate, { assetHash }: HashedImage): string[] {
  return Object.keys(Resources).filter((logicalId) => Resources[logicalId].Type === 'AWS::ECS::TaskDefinition'
    && contains(Resources[logicalId].Properties?.ContainerDefinitions, assetHash));
}

function nestedStacksOf(stack: Stack): Stack[] {
  return stack.node.findAll().filter((construct): construct is Stack => Stack.isStack(construct) && construct.nestedStackParent === stack);
}

/** The CLI evaluates all parameters of a nested stack that has changed before it looks into it. */
function unevaluatedParameters(nested: Stack, parent: ResolvedTemplate, images: readonly HashedImage[]): Hindrance[] {
  const template = resolveTemplate(nested);
  const logicalId = nested.nestedStackResource && nested.nestedStackParent?.getLogicalId(nested.nestedStackResource);
  if (logicalId === undefined || !images.some(({ assetHash }) => contains(template, assetHash))) {
    return [];
  }
  return unevaluatedExpressions(parent, parent.Resources[logicalId]?.Properties?.Parameters).map((expression) => ({
    construct: nested,
    id: 'hotswapIntrinsic',
    message: `the CDK CLI can't evaluate ${expression} in the parameters of a nested stack with an image, so that it does not hotswap it`,
  }));
}
