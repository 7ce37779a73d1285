import { DefaultTokenResolver, IResolvable, IPostProcessor, IResolveContext, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';

/** The constructs that the tokens in a value refer to, in whichever stack they are. */
export function referencedConstructs(scope: Construct, value: unknown): IConstruct[] {
  const resolver = new ReferenceCollector();
  Tokenization.resolve(value, { scope, resolver, preparing: false });
  return [...resolver.targets];
}

class ReferenceCollector extends DefaultTokenResolver {
  public readonly targets = new Set<IConstruct>();

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor) {
    if (Reference.isReference(token)) {
      this.targets.add(token.target);
    }
    return super.resolveToken(token, context, postProcessor);
  }
}
