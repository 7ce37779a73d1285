import { Annotations, Stack } from 'aws-cdk-lib';
import { findHindrances } from './private/hotswap/find-hindrances';
import { SlimNodeImage } from './slim-node-image';

/**
 * Says at synth what keeps `cdk deploy --hotswap` and `cdk watch` from replacing a `SlimNodeImage` in seconds, or makes them do so wrongly.
 *
 * The decision is that of the CDK CLI 2.1148: it compares two templates, and knows nothing else of the stack.
 */
export class HotswapAdvisor {
  /**
   * Checks a stack and its nested stacks at the end of synth.
   *
   * Each finding is a warning at the construct that causes it, with an id that begins with `cdk-slim-node-image:hotswap`:
   * `Annotations.of(scope).acknowledgeWarning(id)` silences it for all constructs below a scope.
   */
  public static check(stack: Stack): void {
    // Validations run when everything is there, what CDK itself adds for references between stacks included; aspects run before that.
    stack.node.addValidation({
      validate: () => {
        const images = stack.node.root.node.findAll().filter((construct): construct is SlimNodeImage => construct instanceof SlimNodeImage);
        for (const { construct, id, message } of findHindrances(stack, images)) {
          Annotations.of(construct).addWarningV2(`cdk-slim-node-image:${id}`, message);
        }
        return [];
      },
    });
  }

  private constructor() {}
}
