import { awscdk, javascript, JsonFile } from 'projen';

/** The unit tests. They run what is published: the compiled library, whose worker thread needs JavaScript. */
export const unitTests: javascript.JestOptions = {
  configFilePath: 'jest.config.json',
  junitReporting: false,
  jestConfig: {
    moduleNameMapper: { '^((?:\\.\\./)+)src(/.*)?$': '$1lib$2' },
    setupFiles: ['<rootDir>/test/environment.ts'],
    testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/fixtures/'],
    // What tasks keep there has a package.json, and two of the same name confuse jest.
    modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/dist/'],
    collectCoverage: false,
    // A machine that is busy takes its time to start processes.
    testTimeout: 60_000,
    maxWorkers: '100%',
  },
};

/** The end-to-end tests: the same modules, one after the other, as each has Docker to itself. */
export function configureEndToEndTests(project: awscdk.AwsCdkConstructLibrary): void {
  new JsonFile(project, 'test/e2e/jest.config.json', {
    obj: () => {
      const { moduleNameMapper, setupFiles, modulePathIgnorePatterns, transform } = project.jest?.config;
      return {
        rootDir: '../..',
        testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
        testTimeout: 120_000,
        maxWorkers: 1,
        moduleNameMapper,
        setupFiles,
        modulePathIgnorePatterns,
        transform,
      };
    },
  });
}
