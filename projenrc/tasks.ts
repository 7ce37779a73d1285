import { awscdk, TaskStep } from 'projen';

/** The commands that README and CONTRIBUTING name. */
export function configureTasks(project: awscdk.AwsCdkConstructLibrary): void {
  configureCompile(project);
  configureTests(project);
  const compiled = { spawn: 'compile' };

  addTask(project, 'package:code', 'Generate the code of the npm, Python, Java, .NET and Go packages without their toolchains', compiled,
    { execArgs: ['rm', '-rf', '.cache/code'] },
    { execArgs: ['jsii-pacmak', '--code-only', '--no-npmignore', '--outdir', '.cache/code'] });

  addTask(project, 'docs:check', 'Compile every example in the README, the docstrings and docs/', compiled,
    { execArgs: ['jsii-rosetta', 'extract', '--strict', '--output', '.cache/examples.tabl.json', '.'] },
    script('scripts/check-docs.ts'));

  addTask(project, 'demo', 'Run the main job on an example app', compiled, script('scripts/demo.ts'));
  addTask(project, 'bench', 'Measure the tables of the README', compiled, script('bench/run.ts'));
  addTask(project, 'stand-in', 'Make a local stand-in for the distroless base image and print its tag', script('scripts/stand-ins/distroless.ts'));
}

function configureCompile({ compileTask, tasks }: awscdk.AwsCdkConstructLibrary): void {
  // The jsii tools work on Node 20, and each would say in a box of ten lines that it is old.
  tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

  compileTask.description = 'Compile, and link the package into node_modules under its own name';
  // Warnings fail, as a word that Python, Java, C# or Go reserves would have another name there. The silenced one asks to
  // develop against the floor of the peers; `test:floor` does so.
  compileTask.reset('jsii --fail-on-warnings --silence-warnings=missing-dev-dependency');
  compileTask.execArgs(['tsx', 'scripts/link-self.ts']);
}

function configureTests(project: awscdk.AwsCdkConstructLibrary): void {
  const compiled = { spawn: 'compile' };
  const unitTests = script('scripts/test-units.ts');
  const endToEndTests = script('scripts/test-end-to-end.ts');
  project.gitignore.exclude('/test-reports/');

  addTask(project, 'type-check', 'Check the types of all TypeScript files: library, tests, scripts, benchmark, examples',
    { execArgs: ['tsc', '--noEmit', '--project', 'tsconfig.dev.json', '--isolatedModules', 'false'] });

  project.testTask.reset();
  project.testTask.description = 'Compile, check the types, lint, run the unit tests and the end-to-end tests';
  project.testTask.addSteps(compiled, { spawn: 'type-check' }, { spawn: 'eslint' }, unitTests, endToEndTests);

  addTask(project, 'test:unit', 'Compile and run the unit tests; takes the arguments of jest', compiled, unitTests);
  addTask(project, 'test:e2e', 'Compile and run the end-to-end tests, which need Docker; takes the arguments of jest', compiled, endToEndTests);
  addTask(project, 'test:floor', 'Check the types and run the unit tests with the oldest supported aws-cdk-lib and constructs; takes the arguments of jest',
    compiled, script('scripts/test-at-floor.ts'));
  addTask(project, 'test:node', 'Run the unit tests on each supported Node; takes one major, and then the arguments of jest',
    compiled, script('scripts/test-on-node.ts'));
}

function addTask(project: awscdk.AwsCdkConstructLibrary, name: string, description: string, ...steps: TaskStep[]): void {
  project.addTask(name, { description, steps });
}

function script(file: string): TaskStep {
  return { execArgs: ['tsx', file], receiveArgs: true };
}
