import type { Finding, HashedImage } from './find-hindrances';
import { HOTSWAPPED_PROPERTIES } from './hotswapped-properties';
import { contains, Resource, ResolvedTemplate } from './resolved-template';

const FULL_DEPLOYMENT = "so that 'cdk deploy --hotswap-fallback' deploys the stack in full and '--hotswap' leaves it as it was";

/** What changes with an image, apart from the container definitions that hold it. */
export function changesWithImage({ Outputs, Resources }: ResolvedTemplate, image: HashedImage): Finding[] {
  const { assetHash } = image;
  const change = (logicalId: string, id: string, what: string, fix: string): Finding =>
    ({ logicalId, id, message: `${what} with every change of ${image.node.path}, ${FULL_DEPLOYMENT}; ${fix}` });
  return [
    ...entriesWith(Outputs, assetHash).map(([logicalId]) =>
      change(logicalId, 'hotswapOutput', 'this output changes', "leave 'imageUri' and 'assetHash' out of outputs")),
    ...entriesWith(Resources, assetHash).flatMap(([logicalId, resource]) => {
      if (resource.Type === 'AWS::CloudFormation::Stack') {
        return nestedStackChange(logicalId, resource, image);
      }
      const names = logicalId.includes(assetHash) ? [] : propertiesWith(resource, assetHash);
      if (resource.Type === 'AWS::ECS::TaskDefinition' && !logicalId.includes(assetHash)) {
        const others = names.filter((name) => name !== 'ContainerDefinitions');
        return others.length === 0 ? []
          : [change(logicalId, 'hotswapTaskDefinition', `${others.join(', ')} of this task definition changes`, 'only container definitions may change with the image')];
      }
      return hotswappable(resource, names) && !logicalId.includes(assetHash) ? []
        : [change(logicalId, 'hotswapResource', `${[resource.Type, ...names].join(' ')} changes`, "leave 'imageUri' and 'assetHash' out of it, or put it into a stack of its own")];
    }),
  ];
}

function entriesWith<T>(part: { readonly [logicalId: string]: T }, text: string): [string, T][] {
  return Object.entries(part).filter((entry) => contains(entry, text));
}

function propertiesWith({ Properties = {} }: Resource, text: string): string[] {
  return Object.keys(Properties).filter((name) => contains(Properties[name], text));
}

function hotswappable({ Type }: Resource, names: readonly string[]): boolean {
  const hotswapped = HOTSWAPPED_PROPERTIES[Type];
  return hotswapped === 'all' || (hotswapped !== undefined && names.every((name) => hotswapped.includes(name)));
}

/** The CLI compares the templates of nested stacks, not what their parents hand them. */
function nestedStackChange(logicalId: string, { Properties }: Resource, { assetHash, node }: HashedImage): Finding[] {
  return !contains(Properties?.Parameters, assetHash) ? [] : [{
    logicalId,
    id: 'hotswapNestedStack',
    message: `${node.path} is a parameter of this nested stack, so that 'cdk deploy --hotswap' does nothing and does not say so; ` +
      "give the nested stack the SlimNodeImage itself, and use its 'containerImage' there",
  }];
}
