import * as fs from 'node:fs';
import * as path from 'node:path';
import { Annotations, App, CfnOutput, Stack, Stage } from 'aws-cdk-lib';
import { Annotations as SynthesizedAnnotations, Match, Template } from 'aws-cdk-lib/assertions';
import { FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { HotswapAdvisor, SlimNodeImage } from '../src';
import { serviceOf } from './hotswap/fargate';
import { hotswapCases, stackOf } from './hotswap/hotswap-cases';
import { imageOf, newStack, project, temporaryFolder } from './project';
import { HOTSWAPPED_PROPERTIES } from '../src/private/hotswap/hotswapped-properties';

const ID = /\[ack: cdk-slim-node-image:(hotswap[^\]]*)\]$/;

/** The warnings of a stack: the path of the construct below it, and the id without its prefix. */
function warningsOf(stack: Stack): string[] {
  return SynthesizedAnnotations.fromStack(stack).findWarning('*', Match.anyValue())
    .flatMap(({ id, entry }) => (ID.exec(String(entry.data)) ?? []).slice(1).map((rule) => `${id.replace(/^\/[^/]*\//, '')} ${rule}`))
    .sort();
}

function messagesOf(stack: Stack): string[] {
  return SynthesizedAnnotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

// test/e2e/hotswap.test.ts asks the CDK CLI about the same stacks.
describe('the advisor says of', () => {
  const entry = path.join(project({ 'index.ts': '' }), 'index.ts');

  test.each(hotswapCases.map((hotswapCase) => ({ ...hotswapCase, says: hotswapCase.warnings.join(' and ') || 'nothing' })))('$what: $says', (hotswapCase) => {
    expect(warningsOf(stackOf(hotswapCase, new App({ outdir: temporaryFolder() }), 'Stack', entry))).toEqual(hotswapCase.warnings);
  });
});

describe('a warning', () => {
  function stackWithOutput(): { readonly stack: Stack; readonly part: Construct } {
    const image = imageOf('');
    const stack = Stack.of(image);
    HotswapAdvisor.check(stack);
    const part = new Construct(stack, 'Part');
    new CfnOutput(part, 'Output', { value: image.imageUri });
    return { stack, part };
  }

  test('names what changes, the image, what happens, the fix and the id', () => {
    expect(messagesOf(stackWithOutput().stack)).toEqual([
      "this output changes with every change of Stack/Backend, so that 'cdk deploy --hotswap-fallback' deploys the stack in full and '--hotswap' leaves it as it was; " +
      "leave 'imageUri' and 'assetHash' out of outputs [ack: cdk-slim-node-image:hotswapOutput]",
    ]);
  });

  test.each(['Stack', 'Stack/Part'])('can be acknowledged at %s above its construct', (place) => {
    const { stack, part } = stackWithOutput();
    Annotations.of(place === 'Stack' ? stack : part).acknowledgeWarning('cdk-slim-node-image:hotswapOutput');
    expect(messagesOf(stack)).toEqual([]);
  });

  test('stays when the same is acknowledged elsewhere', () => {
    const { stack } = stackWithOutput();
    Annotations.of(new Construct(stack, 'Elsewhere')).acknowledgeWarning('cdk-slim-node-image:hotswapOutput');
    expect(messagesOf(stack)).toHaveLength(1);
  });

  test('stays when another is acknowledged', () => {
    const { stack } = stackWithOutput();
    Annotations.of(stack).acknowledgeWarning('cdk-slim-node-image:hotswapResource');
    expect(messagesOf(stack)).toHaveLength(1);
  });

  test('is there once where the stack is checked twice', () => {
    const { stack } = stackWithOutput();
    HotswapAdvisor.check(stack);
    expect(messagesOf(stack)).toHaveLength(1);
  });

  test('is there for a stack of a stage', () => {
    const stage = new Stage(new App({ outdir: temporaryFolder() }), 'Stage');
    const stack = new Stack(stage, 'Stack');
    const image = new SlimNodeImage(stack, 'Image', { entry: path.join(project({ 'index.ts': '' }), 'index.ts') });
    new CfnOutput(stack, 'Output', { value: image.imageUri });
    HotswapAdvisor.check(stack);
    expect(stage.synth().getStackArtifact(stack.artifactId).messages.map(({ id }) => id)).toEqual(['/Stage/Stack/Output']);
  });
});

describe('the check', () => {
  test('does not change the template', () => {
    const [checked, unchecked] = [true, false].map((check) => {
      const image = imageOf('');
      serviceOf(Stack.of(image), image);
      if (check) HotswapAdvisor.check(Stack.of(image));
      return Template.fromStack(Stack.of(image)).toJSON();
    });
    expect(checked).toEqual(unchecked);
  });

  test('says nothing of a stack without an image', () => {
    const stack = newStack();
    HotswapAdvisor.check(stack);
    new FargateTaskDefinition(stack, 'Task').addContainer('App', { image: imageOf('').containerImage });
    expect(messagesOf(stack)).toEqual([]);
  });

  test('leaves errors of the template to CDK', () => {
    const image = imageOf('');
    const stack = Stack.of(image);
    HotswapAdvisor.check(stack);
    for (const id of ['One', 'Two']) new CfnOutput(stack, id, { value: id }).overrideLogicalId('Same');
    stack.node.addValidation({ validate: () => ['a better explanation'] });
    expect(() => Template.fromStack(stack)).toThrow('a better explanation');
  });
});

// Another CLI may hotswap other types: then the table has to follow.
test('the types that the installed CLI hotswaps are those in the table', () => {
  const cli = fs.readFileSync(path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'lib/index.js'), 'utf8');
  const [, detectors] = /RESOURCE_DETECTORS = \{([^]*?)\n {4}\};/.exec(cli) ?? ['', ''];
  const types = [...detectors.matchAll(/^ {6}"((?:AWS|Custom)::[^"]+)":/gm)].map(([, type]) => type);
  // Both have rules of their own.
  expect(types.filter((type) => !['AWS::ECS::TaskDefinition', 'AWS::IAM::Policy'].includes(type)).sort()).toEqual(Object.keys(HOTSWAPPED_PROPERTIES).sort());
});
