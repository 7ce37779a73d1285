import { awscdk, javascript } from 'projen';

/** `npx projen test` reports and `npx projen eslint --fix` mends: a test run changes no file. */
export const lint: javascript.EslintOptions = {
  dirs: ['src'],
  devdirs: ['test', 'projenrc', 'scripts', 'bench', 'examples'],
  projectService: false,
  tsconfigPath: './tsconfig.dev.json',
  commandOptions: { fix: false, extraArgs: ['--max-warnings', '0'] },
};

export function configureLint({ eslint, tsconfigDev }: awscdk.AwsCdkConstructLibrary): void {
  // A file mode is a bit mask.
  eslint?.addRules({ 'no-bitwise': ['off'] });

  // Fixture apps are input of the tests: some are wrong on purpose, and none is a part of this project.
  eslint?.addIgnorePattern('test/fixtures/');
  tsconfigDev.addInclude('.projenrc.ts');
  for (const folder of ['test/fixtures', 'lib', 'dist']) tsconfigDev.addExclude(folder);
}
