import { App, Stack } from 'aws-cdk-lib';
import { changingCases } from './changing-cases';
import { HotswapCase } from './hotswap-case';
import { hotswappedCases } from './hotswapped-cases';
import { dynamicReferenceCase, expressionCases, referenceCases } from './refused-cases';
import { HotswapAdvisor, SlimNodeImage } from '../../src';

export const hotswapCases: readonly HotswapCase[] = [
  ...hotswappedCases, ...changingCases, ...referenceCases, ...expressionCases, dynamicReferenceCase,
];

/** The stack of a case, checked. */
export function stackOf({ build }: HotswapCase, app: App, id: string, entry: string): Stack {
  const stack = new Stack(app, id);
  build(stack, new SlimNodeImage(stack, 'Image', { entry }), entry);
  HotswapAdvisor.check(stack);
  return stack;
}
