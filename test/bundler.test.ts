import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { Bundle, Bundler, BundleRequest, Charset, EsbuildOptions, LegalComments, LogLevel, OutputFormat, SlimNodeImage, SourceMapMode } from '../src';
import { fileInLayer, layerListing, runBundle } from './layer-content';
import { imageOf, newImage, newStack, project, temporaryFolder, write } from './project';

function bundled(source: string, options: EsbuildOptions, file = 'index.ts'): SlimNodeImage {
  return imageOf(source, { bundler: Bundler.esbuild(options) }, file);
}

function code(source: string, options: EsbuildOptions = {}, file = 'index.ts'): string {
  const image = bundled(source, options, file);
  return fileInLayer(image, fileNames(image)[0]);
}

function fileNames(image: SlimNodeImage): string[] {
  return layerListing(image).map((line) => line.split(' ')[5]).filter((name) => !name.endsWith('/'));
}

function run(files: { readonly [file: string]: string }, entry: string, options: EsbuildOptions = {}): string {
  return runBundle(newImage({ entry: path.join(project(files), entry), bundler: Bundler.esbuild(options) }), temporaryFolder());
}

describe('the module format', () => {
  test.each([
    ['index.ts', {}, 'cjs'], ['index.js', {}, 'cjs'], ['index.cts', { type: 'module' }, 'cjs'], ['index.cjs', { type: 'module' }, 'cjs'],
    ['index.mts', {}, 'mjs'], ['index.mjs', {}, 'mjs'], ['index.ts', { type: 'module' }, 'mjs'], ['index.js', { type: 'commonjs' }, 'cjs'],
  ])('of %s in a package %j is .%s', (file, packageJson, extension) => {
    const folder = project({ 'package.json': JSON.stringify(packageJson), [`src/${file}`]: 'console.log(1)' });
    expect(fileNames(newImage({ entry: path.join(folder, 'src', file) }))[0]).toBe(`app/index.${extension}`);
  });

  test('is that of the nearest package.json', () => {
    const folder = project({ 'package.json': '{"type":"module"}', 'app/package.json': '{}', 'app/index.ts': '' });
    expect(fileNames(newImage({ entry: path.join(folder, 'app/index.ts') }))[0]).toBe('app/index.cjs');
  });

  test('can be set', () => {
    expect(fileNames(bundled('await 1;', { format: OutputFormat.ESM }))[0]).toBe('app/index.mjs');
  });
});

describe('an ES module bundle', () => {
  test('runs CommonJS code that requires a module of Node.js', () => {
    expect(run({
      'index.mts': "import { eol } from './legacy.cjs'; console.log(JSON.stringify(eol));",
      'legacy.cjs': "exports.eol = require('os').EOL;",
    }, 'index.mts')).toBe('"\\n"\n');
  });

  test('runs CommonJS code that requires at a place that esbuild does not see', () => {
    expect(run({
      'index.mts': "import { sep } from './legacy.cjs'; console.log(sep);",
      'legacy.cjs': "const name = ['pa', 'th'].join(''); exports.sep = require(name).sep;",
    }, 'index.mts')).toBe('/\n');
  });

  test('runs CommonJS code that asks for its folder', () => {
    expect(run({
      'index.mts': "import { place } from './legacy.cjs'; console.log(place);",
      'legacy.cjs': "exports.place = require('path').relative(__dirname, __filename);",
    }, 'index.mts')).toBe('index.mjs\n');
  });

  test('runs an app that defines these globals itself', () => {
    expect(run({
      'index.mts': `import { createRequire } from 'node:module';
        import { dirname } from 'node:path';
        import { fileURLToPath } from 'node:url';
        const require = createRequire(import.meta.url);
        const __filename = fileURLToPath(import.meta.url);
        const __dirname = dirname(__filename);
        import './legacy.cjs';
        console.log(typeof require('node:os').EOL, __filename.startsWith(__dirname));`,
      'legacy.cjs': 'exports.here = [__dirname, require("os")];',
    }, 'index.mts')).toBe('string true\n');
  });

  test('runs top-level await', () => {
    expect(run({ 'index.mts': 'console.log(await Promise.resolve(1));' }, 'index.mts')).toBe('1\n');
  });
});

test('a CommonJS bundle begins with "use strict" where esbuild put it', () => {
  expect(code('"use strict";\nconsole.log(1);', {}, 'index.cjs')).toMatch(/^"use strict";/);
});

test('a CommonJS bundle runs an ES module that asks for its URL', () => {
  expect(run({
    'index.cts': "import { url } from './modern.mjs'; console.log(url);",
    'modern.mjs': 'export const url = [import.meta.url, import.meta.filename].map((s) => s.split("/").pop()).join();',
  }, 'index.cts')).toBe('index.cjs,index.cjs\n');
});

describe('a stack trace', () => {
  const source = "\n\nexport function fail(): never {\n  throw new Error('oops');\n}\ntry { fail(); } catch (error) { console.log((error as Error).stack); }";

  test.each([
    ['by default', {}], ['when minified', { minify: true }], ['with an inline source map', { sourceMapMode: SourceMapMode.INLINE }],
    ['of an ES module', { format: OutputFormat.ESM }],
  ])('shows the original file and line %s', (_, options) => {
    expect(run({ 'package.json': '{}', 'src/index.ts': source }, 'src/index.ts', options)).toMatch(/app\/src\/index\.ts:4:9\)/);
  });

  test('shows those of the bundle without a source map', () => {
    expect(run({ 'index.ts': source }, 'index.ts', { sourceMap: false })).toMatch(/app\/index\.cjs:\d+/);
  });
});

describe('the source map', () => {
  const files = {
    'package.json': '{}',
    'index.ts': "\n\nimport { call } from 'lib';\n\nconst own = () => { console.log(new Error('oops').stack); };\n\ncall(own);",
    'node_modules/lib/index.js': 'exports.call = function call(callback) {\n\n\n  callback();\n};',
  };

  const modes = [
    ['a file', {}], ['minified code', { minify: true }], ['an inline map', { sourceMapMode: SourceMapMode.INLINE }], ['an ES module', { format: OutputFormat.ESM }],
    ['the sources', { sourcesContent: true }],
  ] as const;

  test.each(modes)('maps the code of the project, with %s', (_, options) => {
    expect(run(files, 'index.ts', options)).toMatch(/app\/index\.ts:5:/);
  });

  test.each(modes)('does not map the code of packages, with %s', (_, options) => {
    expect(run(files, 'index.ts', options)).toMatch(/app\/index\.[cm]js:\d+:\d+\)?$/m);
  });

  test.each(modes)('maps that of packages where it is told to, with %s', (_, options) => {
    expect(run(files, 'index.ts', { ...options, sourceMapPackages: true })).toMatch(/node_modules\/lib\/index\.js:4:/);
  });

  test('names the files of the project only', () => {
    const map = JSON.parse(fileInLayer(newImage({
      entry: path.join(project(files), 'index.ts'), bundler: Bundler.esbuild({ sourcesContent: true }),
    }), 'app/index.cjs.map'));
    expect([map.sources, map.sourcesContent]).toEqual([['index.ts'], [files['index.ts']]]);
  });

  test('is left alone where there are no packages', () => {
    const maps = [false, true].map((sourceMapPackages) =>
      fileInLayer(imageOf('console.log(1)', { bundler: Bundler.esbuild({ sourceMapPackages }) }), 'app/index.cjs.map'));
    expect(maps[0]).toBe(maps[1]);
  });
});

describe('the options of esbuild:', () => {
  test('alias', () => {
    expect(code("import os from 'nothing'; console.log(os);", { alias: { nothing: 'node:os' } })).toContain('require("node:os")');
  });

  test('banner and footer', () => {
    const text = code('console.log(1)', { banner: '// first', footer: '// last', sourceMap: false });
    expect([text.split('\n')[0], text.trim().split('\n').at(-1)]).toEqual(['// first', '// last']);
  });

  test('banner in an ES module', () => {
    expect(run({ 'index.mts': 'console.log(globalThis.x, typeof require("os"))' }, 'index.mts', { banner: 'globalThis.x = 1;' })).toBe('1 object\n');
  });

  test('charset', () => {
    expect(code('console.log("ü")', { charset: Charset.UTF8 })).toContain('"ü"');
  });

  test('conditions', () => {
    const files = {
      'package.json': '{}',
      'index.ts': "import { which } from 'lib'; console.log(which);",
      'node_modules/lib/package.json': JSON.stringify({ name: 'lib', exports: { special: './special.js', default: './default.js' } }),
      'node_modules/lib/special.js': "exports.which = 'special';",
      'node_modules/lib/default.js': "exports.which = 'default';",
    };
    expect([run(files, 'index.ts'), run(files, 'index.ts', { conditions: ['special'] })]).toEqual(['default\n', 'special\n']);
  });

  test('define', () => {
    expect(run({ 'index.ts': 'console.log(STAGE)' }, 'index.ts', { define: { STAGE: '"prod"' } })).toBe('prod\n');
  });

  test('dropLabels', () => {
    expect(code('DEV: console.log("dev"); console.log("all");', { dropLabels: ['DEV'] })).not.toContain('"dev"');
  });

  test('externalModules', () => {
    expect(code("import x from 'not-there'; console.log(x);", { externalModules: ['not-there'] })).toContain('require("not-there")');
  });

  test('everything is bundled otherwise', () => {
    expect(() => code("import x from 'not-there'; console.log(x);")).toThrow('Could not resolve "not-there"');
  });

  test('inject', () => {
    const file = path.join(project({ 'inject.js': 'export const injected = 42;' }), 'inject.js');
    expect(run({ 'index.ts': 'console.log(injected)' }, 'index.ts', { inject: [file] })).toBe('42\n');
  });

  test('keepNames', () => {
    const source = 'function someName() {} console.log(someName.name);';
    expect(run({ 'index.ts': source }, 'index.ts', { minify: true, keepNames: true })).toBe('someName\n');
  });

  test('legalComments', () => {
    const image = bundled('/*! (c) */ console.log(1)', { legalComments: LegalComments.EXTERNAL });
    expect(fileNames(image)).toContain('app/index.cjs.LEGAL.txt');
  });

  test('loader', () => {
    expect(run({ 'index.ts': "import sql from './q.sql'; console.log(sql);", 'q.sql': 'SELECT 1' }, 'index.ts', { loader: { '.sql': 'text' } })).toBe('SELECT 1\n');
  });

  test('loader that copies a file', () => {
    const folder = project({ 'index.ts': "import page from './page.html'; console.log(page);", 'page.html': '<p>' });
    const image = newImage({ entry: path.join(folder, 'index.ts'), bundler: Bundler.esbuild({ loader: { '.html': 'file' } }) });
    expect(fileNames(image)).toContainEqual(expect.stringMatching(/^app\/page-[A-Z0-9]{8}\.html$/));
  });

  test('mainFields', () => {
    const files = {
      'package.json': '{}',
      'index.ts': "import { which } from 'lib'; console.log(which);",
      'node_modules/lib/package.json': '{"main":"main.js","module":"module.js"}',
      'node_modules/lib/main.js': "exports.which = 'main';",
      'node_modules/lib/module.js': "export const which = 'module';",
    };
    expect([run(files, 'index.ts'), run(files, 'index.ts', { mainFields: ['module', 'main'] })]).toEqual(['main\n', 'module\n']);
  });

  test('metafile', () => {
    const metafile = path.join(temporaryFolder(), 'reports/meta.json');
    const image = bundled('console.log(1)', { metafile });
    expect([Object.keys(JSON.parse(fs.readFileSync(metafile, 'utf8')).inputs), fileNames(image)]).toEqual([
      expect.arrayContaining(['index.ts']), ['app/index.cjs', 'app/index.cjs.map'],
    ]);
  });

  test('minify', () => {
    expect(code('const long = Math.random();\nconsole.log(long, long);', { minify: true, sourceMap: false })).toMatch(/var \w=Math\.random\(\);console\.log\(\w,\w\)/);
  });

  test('sourceMap: false', () => {
    expect(fileNames(bundled('console.log(1)', { sourceMap: false }))).toEqual(['app/index.cjs']);
  });

  test.each([
    [SourceMapMode.LINKED, true, 'index.cjs.map'], [SourceMapMode.EXTERNAL, true, undefined], [SourceMapMode.INLINE, false, 'data:'], [SourceMapMode.BOTH, true, 'data:'],
  ])('sourceMapMode %s', (sourceMapMode, hasFile, url) => {
    const image = bundled('console.log(1)', { sourceMapMode });
    const named = /sourceMappingURL=(index\.cjs\.map|data:)/.exec(fileInLayer(image, 'app/index.cjs'))?.[1];
    expect([fileNames(image).includes('app/index.cjs.map'), named]).toEqual([hasFile, url]);
  });

  test('sourcesContent', () => {
    const map = (options: EsbuildOptions) => JSON.parse(fileInLayer(bundled('console.log(1)', options), 'app/index.cjs.map'));
    expect([map({}).sourcesContent, map({ sourcesContent: true }).sourcesContent]).toEqual([undefined, ['console.log(1)']]);
  });

  test('splitting', () => {
    const files = { 'index.mts': "const { x } = await import('./lazy.mjs'); console.log(x, __dirname.endsWith('app'));", 'lazy.mts': 'export const x = require("os").EOL.length;' };
    expect(run(files, 'index.mts', { splitting: true })).toBe('1 true\n');
  });

  test('target', () => {
    expect(code('console.log(a ?? b)', { target: 'es2019' })).not.toContain('??');
  });

  test('target with several parts', () => {
    expect(code('console.log(a ?? b)', { target: 'es2022,node12' })).not.toContain('??');
  });

  test('tsconfig', () => {
    const folder = project({ 'a/tsconfig.json': '{"compilerOptions":{"paths":{"#x":["../x.ts"]}}}', 'x.ts': 'export const x = 42;', 'index.ts': "import { x } from '#x'; console.log(x);" });
    const image = newImage({ entry: path.join(folder, 'index.ts'), bundler: Bundler.esbuild({ tsconfig: path.join(folder, 'a/tsconfig.json') }) });
    expect(runBundle(image, temporaryFolder())).toBe('42\n');
  });

  test('tsconfig of the app is found by itself', () => {
    const files = { 'tsconfig.json': '{"compilerOptions":{"paths":{"#x":["./x.ts"]}}}', 'x.ts': 'export const x = 42;', 'src/index.ts': "import { x } from '#x'; console.log(x);" };
    expect(run(files, 'src/index.ts')).toBe('42\n');
  });

  test('esbuildArgs win over the others', () => {
    expect(code('console.log(STAGE)', { define: { STAGE: '1' }, minify: true, sourceMap: false, esbuildArgs: { '--define:STAGE': '2', '--minify-whitespace': 'false' } }))
      .toContain('console.log(2)');
  });

  test('esbuildArgs that esbuild does not know', () => {
    expect(() => code('', { esbuildArgs: { '--mini-fy': 'true' } })).toThrow(/^Stack\/Backend: esbuild can't bundle .*\n\n✘ \[ERROR\] Invalid option in build\(\) call: "miniFy"$/);
  });

  test('splitting with CommonJS is refused', () => {
    expect(() => code('', { splitting: true, format: OutputFormat.CJS })).toThrow("Stack/Backend: 'splitting' needs ECMAScript modules; set 'format' to OutputFormat.ESM");
  });

  test.each(['tsconfig', 'pluginsModule'])('%s that does not exist is refused', (prop) => {
    expect(() => code('', { [prop]: 'no/such.file' })).toThrow(`Stack/Backend: '${prop}' ${path.resolve('no/such.file')} does not exist`);
  });
});

describe('plugins', () => {
  const plugin = "{ name: 'answer', setup(build) { build.onLoad({ filter: /answer\\.txt$/ }, async () => ({ contents: 'export default 42' })) } }";
  const entry = "import answer from './answer.txt'; console.log(answer);";
  const runWith = (file: string, source: string) => {
    const folder = project({ [file]: source, 'index.ts': entry, 'answer.txt': '' });
    return runBundle(newImage({ entry: path.join(folder, 'index.ts'), bundler: Bundler.esbuild({ pluginsModule: path.join(folder, file) }) }), temporaryFolder());
  };

  test.each([
    ['plugins.mjs', `export default [${plugin}];`],
    ['plugins.mjs', `export const plugins = [${plugin}];`],
    ['plugins.mjs', `export default async () => [${plugin}];`],
    ['plugins.cjs', `module.exports = [${plugin}];`],
    ['plugins.cjs', `exports.default = [${plugin}]; exports.__esModule = true;`],
    ['plugins.ts', `import { dirname } from 'node:path'; const plugins: object[] = [${plugin}]; export default dirname('/a/b') === '/a' ? plugins : [];`],
  ])('come from %s: %s', (file, source) => {
    expect(runWith(file, source)).toBe('42\n');
  });

  test('in TypeScript find the packages of their project', () => {
    const folder = project({
      'index.ts': entry,
      'answer.txt': '',
      'plugins.ts': "import { plugin } from 'some-plugin'; export default [plugin];",
      'node_modules/some-plugin/package.json': '{"type":"module","exports":{"import":"./index.js"}}',
      'node_modules/some-plugin/index.js': `export const plugin = ${plugin};`,
    });
    const image = newImage({ entry: path.join(folder, 'index.ts'), bundler: Bundler.esbuild({ pluginsModule: path.join(folder, 'plugins.ts') }) });
    expect(runBundle(image, temporaryFolder())).toBe('42\n');
  });

  test('see the environment that is given', () => {
    const folder = project({ 'index.ts': 'console.log(X)', 'plugins.mjs': "export default [{ name: 'x', setup(b) { b.initialOptions.define.X = process.env.SLIM_TEST_X } }]" });
    const bundler = Bundler.esbuild({ pluginsModule: path.join(folder, 'plugins.mjs'), environment: { SLIM_TEST_X: '7' }, define: { X: '1' } });
    expect(runBundle(newImage({ entry: path.join(folder, 'index.ts'), bundler }), temporaryFolder())).toBe('7\n');
  });

  const failing = (source: string) => () => runWith('plugins.mjs', source);

  test('that throw while they are loaded', () => {
    expect(failing("throw new Error('no licence')")).toThrow(/^Stack\/Backend: 'pluginsModule' .*plugins\.mjs could not be loaded: no licence$/);
  });

  test('that throw in setup', () => {
    expect(failing("export default [{ name: 'bad', setup() { throw new Error('no setup') } }]")).toThrow(/^Stack\/Backend: esbuild can't bundle[^]*no setup \[plugin bad\]/);
  });

  test('that throw while a file is loaded', () => {
    expect(failing("export default [{ name: 'bad', setup(b) { b.onLoad({ filter: /answer/ }, () => { throw new Error('no load') }) } }]"))
      .toThrow(/^Stack\/Backend: esbuild can't bundle[^]*no load \[plugin bad\][^]*index\.ts:1:19/);
  });

  test('that end the process end only their thread', () => {
    expect(failing('process.exit(3)')).toThrow('Stack/Backend: the worker thread was ended with exit code 3');
  });

  test('that throw where nobody waits', () => {
    expect(failing("export default [{ name: 'bad', setup(b) { b.onStart(() => new Promise(() => setTimeout(() => { throw new Error('late') }, 1))) } }]"))
      .toThrow('Stack/Backend: late');
  });

  test('that are none', () => {
    expect(failing('export default 42;')).toThrow(/^Stack\/Backend: 'pluginsModule' .* exports no plugins; expected an array of esbuild plugins/);
  });

  test('that failed do not hinder the next image', () => {
    expect(failing('process.exit(3)')).toThrow();
    expect(run({ 'index.ts': 'console.log(1)' }, 'index.ts')).toBe('1\n');
  });
});

test('one thread serves all images', () => {
  const stack = newStack();
  const folder = project({ 'plugins.mjs': "import { threadId } from 'node:worker_threads'; export default [{ name: 'x', setup(b) { b.initialOptions.define.X = String(threadId) } }]" });
  const bundler = Bundler.esbuild({ pluginsModule: path.join(folder, 'plugins.mjs'), define: { X: '0' } });
  const threads = ['a', 'b', 'c'].map((id) => {
    write(path.join(folder, `${id}.ts`), 'console.log(X)');
    return runBundle(new SlimNodeImage(stack, id, { entry: path.join(folder, `${id}.ts`), bundler }), temporaryFolder());
  });
  expect(new Set(threads)).toEqual(new Set([expect.stringMatching(/^[1-9]\d*\n$/)]));
});

describe('command hooks', () => {
  const hooks = (before: string[], after: string[]) => ({ commandHooks: { beforeBundling: () => before, afterBundling: (_: string, out: string) => after.map((line) => line.replace('OUT', out)) } });

  test('run before bundling, in the project root', () => {
    expect(run({ 'package.json': '{}', 'src/index.ts': "import x from './made.json'; console.log(x);" }, 'src/index.ts', hooks(['echo 42 > src/made.json'], []))).toBe('42\n');
  });

  test('add files after bundling', () => {
    expect(fileNames(bundled('', hooks([], ['echo hi > OUT/x.txt'])))).toContain('app/x.txt');
  });

  test('see the environment that is given', () => {
    const image = bundled('', { ...hooks([], ['echo $SLIM_TEST_X > OUT/x.txt']), environment: { SLIM_TEST_X: '7' } });
    expect(fileInLayer(image, 'app/x.txt')).toBe('7\n');
  });

  test('that fail, fail synth', () => {
    expect(() => bundled('', hooks(['exit 3'], []))).toThrow(/^Stack\/Backend: command "exit 3" failed in .* with exit code 3$/);
  });
});

describe('warnings', () => {
  const source = 'console.log(typeof x === "nothing");';

  test('of esbuild are annotations', () => {
    Annotations.fromStack(Stack.of(bundled(source, {}))).hasWarning('/Stack/Backend', Match.stringLikeRegexp('index\\.ts:1:25'));
  });

  test('are not there at a lower log level', () => {
    Annotations.fromStack(Stack.of(bundled(source, { logLevel: LogLevel.ERROR }))).hasNoWarning('/Stack/Backend', Match.anyValue());
  });

  test('tell of files from outside of the project root', () => {
    const folder = project({ 'app/package.json': '{}', 'app/index.ts': "import '../shared/a';", 'shared/a.ts': 'console.log(1)' });
    const stack = newStack();
    newImage({ entry: path.join(folder, 'app/index.ts') }, stack);
    Annotations.fromStack(stack).hasWarning('/Stack/Backend', Match.stringLikeRegexp("files from outside of the project root.*: \\.\\./shared/a\\.ts; set 'projectRoot'"));
  });

  test('tell nothing of what the bundler adds itself', () => {
    Annotations.fromStack(Stack.of(bundled('console.log(__dirname)', { format: OutputFormat.ESM }))).hasNoWarning('/Stack/Backend', Match.anyValue());
  });
});

describe('a bundler of the user', () => {
  class CopyBundler extends Bundler {
    public constructor(private readonly entryPoint: string) {
      super();
    }

    public bundle(_: Construct, { entry, outputDirectory, nodeMajor, projectRoot }: BundleRequest): Bundle {
      write(path.join(outputDirectory, 'dist/main.js'), `console.log(${nodeMajor}, '${path.relative(projectRoot, entry)}')`);
      return { entryPoint: this.entryPoint };
    }
  }

  test('makes the layer', () => {
    expect(fileInLayer(imageOf('', { bundler: new CopyBundler('dist/main.js') }), 'app/dist/main.js')).toBe("console.log(24, 'index.ts')");
  });

  test('that names no file of its own fails', () => {
    expect(() => imageOf('', { bundler: new CopyBundler('main.js') })).toThrow(
      "Stack/Backend: the bundler named 'main.js' as entry point but wrote no such file; expected a path relative to its output directory");
  });
});
