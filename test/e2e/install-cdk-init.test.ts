import * as fs from 'node:fs';
import * as path from 'node:path';
import { devDependencies } from '../../package.json';
import { npm } from './install/package-managers';
import { packLibrary } from './install/packed-library';
import { Stranger } from './install/stranger';
import { CommandResult, output } from './run-command';
import { synthesizedImages } from './synth';

// What it takes depends on the network, too.
jest.setTimeout(5 * 60_000);

const cli = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');

let stranger: Stranger;
let installation: CommandResult;

/** `cdk init`, then the two lines of the README that install, and its service in the stack of the template. */
beforeAll(async () => {
  stranger = await Stranger.create(npm, {});
  const project = path.join(stranger.folder, 'shop');
  fs.mkdirSync(project);
  stranger = stranger.in(project);
  await output(process.execPath, [cli, 'init', 'app', '--language', 'typescript', '--generate-only', '--no-notices'], { cwd: project, environment: stranger.environment });

  const stack = path.join(project, 'lib', 'shop-stack.ts');
  const source = fs.readFileSync(stack, 'utf8');
  fs.writeFileSync(stack, `import { SlimNodeService } from 'cdk-slim-node-image';\n${source.replace('// The code that defines your stack goes here', `
    new SlimNodeService(this, 'Backend', { imageProps: { entry: 'src/index.ts', port: 8080 }, publicLoadBalancer: true });`)}`);
  fs.mkdirSync(path.join(project, 'src'));
  fs.writeFileSync(path.join(project, 'src', 'index.ts'), 'const answer: string = process.version;\nconsole.log(answer);\n');
  installation = await stranger.run([...npm.install, await packLibrary()]);
  await stranger.run([...npm.install, '--save-dev', `esbuild@${devDependencies.esbuild}`]);
});

test('installs without a word about peer dependencies', () => {
  expect([installation.code, installation.output.split('\n').filter((line) => npm.peerProblem.test(line))]).toEqual([0, []]);
});

test("synthesizes with the template's own command", async () => {
  const { code, output: printed } = await stranger.runSynth();
  expect([code, code === 0 ? '' : printed]).toEqual([0, '']);
  const { Backend: { directory } } = synthesizedImages(path.join(stranger.folder, 'cdk.out'));
  expect(fs.readdirSync(directory).sort()).toEqual(['Dockerfile', 'app.tar', 'image-plan.json']);
});
