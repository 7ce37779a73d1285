import { AssetStaging, Stage } from 'aws-cdk-lib';
import { DockerImageAsset, DockerImageAssetOptions, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Construct } from 'constructs';
import { writing } from './disk-error';
import { BuildContext, repairStagedContext } from './stage-context';

export interface StagedAsset {
  readonly asset: DockerImageAsset;
  /** Absolute path of the staged build context. */
  readonly contextDirectory: string;
  /** What makes the same asset of the staged context once more. */
  readonly assetOptions: DockerImageAssetOptions;
}

/** Hands a build context over to CDK, and removes it where CDK has a copy. */
export function dockerAsset(scope: Construct, context: BuildContext, platform: Platform): StagedAsset {
  let staged: string | undefined;
  try {
    return writing(scope, Stage.of(scope)?.outdir ?? 'cdk.out', "set another 'output' in cdk.json", () => {
      // CDK's own hash may come from its cache, which takes a rewritten file of the same size and time for the old one.
      const assetOptions: DockerImageAssetOptions = { platform, extraHash: context.hash };
      const asset = new DockerImageAsset(scope, 'Asset', { directory: context.directory, ...assetOptions });
      staged = (asset.node.findChild('Staging') as AssetStaging).absoluteStagedPath;
      repairStagedContext(context, staged);
      return { asset, contextDirectory: staged, assetOptions };
    });
  } finally {
    context.remove(staged);
  }
}
