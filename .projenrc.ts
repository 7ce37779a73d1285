import { awscdk, javascript } from 'projen';
import { configureEndToEndTests, unitTests } from './projenrc/jest';
import { configureLint, lint } from './projenrc/lint';
import { configureTasks } from './projenrc/tasks';
import { configureWorkflows } from './projenrc/workflows';

const owner = 'https://github.com/cdk-slim-node-image';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-slim-node-image',
  description: 'NodejsFunction for ECS: bundles a TypeScript app at synth into a small, nonroot, reproducible distroless image.',
  author: 'cdk-slim-node-image authors',
  authorAddress: owner,
  authorOrganization: true,
  repositoryUrl: `${owner}/cdk-slim-node-image.git`,
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-slim-node-image authors',
  keywords: ['aws', 'aws-cdk', 'awscdk', 'cdk', 'ecs', 'fargate', 'docker', 'container', 'distroless', 'esbuild', 'nodejs', 'typescript', 'bundling'],
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  tsconfigDevFile: 'tsconfig.dev.json',
  packageManager: javascript.NodePackageManager.NPM,

  // The oldest aws-cdk-lib that the tests pass with; development happens against the newest.
  cdkVersion: '2.232.0',
  constructsVersion: '10.5.0',
  peerDependencyOptions: { pinnedDevDependency: false },
  minNodeVersion: '20.9.0',
  workflowNodeVersion: '24',
  // 13 needs Node 22.
  bumpPackage: 'commit-and-tag-version@^12',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',

  publishToPypi: { distName: 'cdk-slim-node-image', module: 'cdk_slim_node_image' },
  publishToMaven: { javaPackage: 'io.github.cdkslimnodeimage', mavenGroupId: 'io.github.cdk-slim-node-image', mavenArtifactId: 'cdk-slim-node-image' },
  publishToNuget: { dotNetNamespace: 'CdkSlimNodeImage', packageId: 'CdkSlimNodeImage' },
  publishToGo: { moduleName: 'github.com/cdk-slim-node-image/cdk-slim-node-image-go', packageName: 'cdkslimnodeimage' },

  bundledDeps: ['@jridgewell/sourcemap-codec', 'modern-tar', 'semver'],
  devDeps: [
    'aws-cdk-lib@2.276.0', 'aws-cdk@2.1148.1', 'cdk-docker-image-deployment@0.0.1034', 'cdk-nag', 'esbuild@0.28.2', 'jsii-pacmak', 'tsx', '@types/semver', '@types/node@^20',
    // What the example and fixture apps are made of.
    'express', '@types/express', 'pg', '@types/pg', 'pino', 'zod', '@aws-sdk/client-sqs',
  ],

  gitignore: ['.DS_Store', 'cdk.out', '/.cache', '.jsii.tabl.json'],
  jestOptions: unitTests,
  eslintOptions: lint,
});

project.package.addField('files', ['lib', '.jsii']);
// Optional, so that a project's own esbuild is the one that is used.
project.package.addField('optionalDependencies', { esbuild: '>=0.25 <1' });
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
// 1.13.0 came out without most of its platforms' packages, and `npm ci` refuses a lock file that lacks them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.addDevDeps('constructs@10.8.1');
configureTasks(project);
configureEndToEndTests(project);
configureLint(project);
configureWorkflows(project);
project.synth();
