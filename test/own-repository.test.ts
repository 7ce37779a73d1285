import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Destination, DockerImageDeployment, Source } from 'cdk-docker-image-deployment';
import { SlimNodeImage } from '../src';
import { project, temporaryFolder } from './project';

interface AssetManifest {
  readonly dockerImages: { readonly [hash: string]: { readonly source: { readonly directory: string; readonly platform: string } } };
}

// It uses a property that aws-cdk-lib deprecated.
const deprecated = process.env.JSII_DEPRECATED;
beforeAll(() => { process.env.JSII_DEPRECATED = 'quiet'; });
afterAll(() => { process.env.JSII_DEPRECATED = deprecated; });

let image: SlimNodeImage;
let deployment: DockerImageDeployment;
let template: Template;
let manifest: AssetManifest;

beforeAll(() => {
  const stack = new Stack(new App({ outdir: temporaryFolder() }), 'Stack');
  image = new SlimNodeImage(stack, 'Backend', {
    entry: path.join(project({ 'index.ts': 'console.log(1);' }), 'index.ts'),
    platform: Platform.LINUX_ARM64,
  });
  deployment = new DockerImageDeployment(stack, 'Release', {
    source: Source.directory(image.contextDirectory, image.assetOptions),
    destination: Destination.ecr(new Repository(stack, 'Repository'), { tag: 'v1' }),
  });
  template = Template.fromStack(stack);
  const outdir = path.dirname(image.contextDirectory);
  manifest = JSON.parse(fs.readFileSync(path.join(outdir, 'Stack.assets.json'), 'utf8'));
});

/** What CodeBuild runs, with the pseudo parameters of CloudFormation in their places. */
function commands(): string {
  const { BuildSpec } = Object.values(template.findResources('AWS::CodeBuild::Project'))[0].Properties.Source;
  const parts: readonly (string | { readonly 'Fn::Sub'?: string; readonly 'Ref'?: string })[] = BuildSpec['Fn::Join'][1];
  return parts.map((part) => typeof part === 'string' ? part : part['Fn::Sub'] ?? `\${${part.Ref}}`).join('');
}

test('the asset of the deployment has the hash of the image', () => {
  expect((deployment.node.findChild('asset') as DockerImageAsset).assetHash).toBe(image.assetHash);
});

test('the image is built once, from the context of the image', () => {
  expect(Object.entries(manifest.dockerImages).map(([hash, { source }]) => [hash, source])).toEqual([
    [image.assetHash, { directory: path.basename(image.contextDirectory), platform: 'linux/arm64' }],
  ]);
});

test('CodeBuild pulls the image of the asset', () => {
  expect(commands()).toContain(`docker pull \${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/cdk-hnb659fds-container-assets-\${AWS::AccountId}-\${AWS::Region}:${image.assetHash}`);
});

test('without the options it would be another image', () => {
  const asset = new DockerImageAsset(image, 'Other', { directory: image.contextDirectory });
  expect(asset.assetHash).not.toBe(image.assetHash);
});
