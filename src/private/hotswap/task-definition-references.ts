import type { Finding } from './find-hindrances';
import type { ResolvedTemplate } from './resolved-template';

const SERVICE = 'AWS::ECS::Service';

/** Whether something else than services of the same stack refers to a task definition: the CLI updates those and nothing else. */
export function taskDefinitionReferences({ Resources }: ResolvedTemplate, logicalId: string): Finding[] {
  const references = Object.keys(Resources).filter((other) => other !== logicalId && refersTo(Resources[other], logicalId));
  const others = references.filter((other) => Resources[other].Type !== SERVICE);
  const findings = others.map((other) => ({
    logicalId: other,
    id: 'hotswapReference',
    message: `${Resources[other].Type} refers to a task definition with an image, so that 'cdk deploy --hotswap-fallback' deploys the stack in full ` +
      "and '--hotswap' leaves it with the old revision; give it a task definition of its own, in another stack",
  }));
  return others.length < references.length ? findings : [...findings, {
    logicalId,
    id: 'hotswapNoService',
    message: "no service in this stack runs this task definition, so that 'cdk deploy --hotswap' registers a revision that nothing uses and says nothing; " +
      'deploy without hotswap, or define the service in the stack of its task definition',
  }];
}

/** As the CLI looks for references: any text that is the logical ID, be it of a Ref or not. */
function refersTo(part: unknown, logicalId: string): boolean {
  if (typeof part === 'object' && part !== null) {
    return Object.values(part).some((child) => refersTo(child, logicalId));
  }
  return part === logicalId;
}
