import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Token } from 'aws-cdk-lib';
import { Bundle, Bundler, SlimNodeImageProps } from '../src';
import { fileInLayer } from './layer-content';
import { imageOf, newImage, newStack, project } from './project';

/** The props fail, and nothing is staged. Returns the message. */
function failure(props: SlimNodeImageProps): string {
  const stack = newStack();
  try {
    newImage(props, stack);
  } catch (error) {
    expect(fs.readdirSync((stack.node.root as App).outdir)).toEqual([]);
    return (error as Error).message;
  }
  throw new Error('expected an error');
}

/** The same for props beside a good entry. */
function propsFailure(props: Partial<SlimNodeImageProps>): string {
  return failure({ entry: path.join(project({ 'index.ts': '' }), 'index.ts'), ...props });
}

describe('entry', () => {
  test('that is missing', () => {
    expect(failure({ entry: 'src/mian.ts' })).toBe(
      `Stack/Backend: 'entry' ${path.resolve('src/mian.ts')} does not exist; expected a path that is absolute or relative to the working directory, ${process.cwd()}`);
  });

  test('that is a folder', () => {
    const folder = project({ 'src/index.ts': '' });
    expect(failure({ entry: folder })).toBe(
      `Stack/Backend: 'entry' ${folder} is a folder; expected the source file that starts the app, such as ${folder}/index.ts`);
  });

  test.each(['index.py', 'index.json', 'index', 'index.d.ts'])('of an unknown extension: %s', (name) => {
    const entry = path.join(project({ [name]: '' }), name);
    expect(failure({ entry })).toBe(
      `Stack/Backend: 'entry' ${entry} is not a file that esbuild can start from; expected one of .ts .mts .cts .tsx .js .mjs .cjs .jsx`);
  });

  test('outside of the project root', () => {
    const folder = project({ 'a/index.ts': '', 'b/package.json': '{}' });
    expect(failure({ entry: path.join(folder, 'a/index.ts'), projectRoot: path.join(folder, 'b') })).toBe(
      `Stack/Backend: 'entry' ${folder}/a/index.ts is outside of 'projectRoot' ${folder}/b; set 'projectRoot' to a folder that contains it`);
  });

  test('that is a symbolic link to outside of the project root', () => {
    const folder = project({ 'a/index.ts': '', 'b/package.json': '{}' });
    fs.symlinkSync('../a/index.ts', path.join(folder, 'b/index.ts'));
    expect(failure({ entry: path.join(folder, 'b/index.ts'), projectRoot: path.join(folder, 'b') })).toContain("is outside of 'projectRoot'");
  });

  test('that is not known at synth', () => {
    expect(failure({ entry: Token.asString({ Ref: 'Entry' }) })).toBe("Stack/Backend: 'entry' is a token, which has no value until deployment; expected a path");
  });

  test('in a package whose package.json is not JSON', () => {
    const folder = project({ 'package.json': '{,}', 'index.ts': '' });
    expect(failure({ entry: path.join(folder, 'index.ts') })).toMatch(new RegExp(`^Stack/Backend: can't read ${folder}/package.json: .*JSON`));
  });
});

describe('projectRoot', () => {
  test('that is missing', () => {
    expect(propsFailure({ projectRoot: '/does/not/exist' })).toContain("Stack/Backend: 'projectRoot' /does/not/exist does not exist");
  });

  test('that is a file', () => {
    const entry = path.join(project({ 'index.ts': '' }), 'index.ts');
    expect(failure({ entry, projectRoot: entry })).toBe(`Stack/Backend: 'projectRoot' ${entry} is a file; expected the folder of the project`);
  });
});

describe('port', () => {
  test.each([0, -1, 65536, 80.5, NaN])('%d', (port) => {
    expect(propsFailure({ port })).toBe(`Stack/Backend: 'port' is ${port}; expected the port that the app listens on, a whole number from 1 to 65535`);
  });

  test('that is not known at synth', () => {
    expect(propsFailure({ port: Token.asNumber({ Ref: 'Port' }) })).toContain("Stack/Backend: 'port' is a token; expected");
  });
});

describe('environment', () => {
  test.each(['', '1A', 'A-B', 'A B', 'A=B', 'Ä', 'A\nB', 'A$'])('name %j', (name) => {
    expect(propsFailure({ environment: { [name]: 'x' } })).toBe(
      `Stack/Backend: environment variable ${JSON.stringify(name)} is not a valid name; expected letters, digits and '_', not beginning with a digit`);
  });

  test('value with a newline', () => {
    expect(propsFailure({ environment: { KEY: '-----BEGIN\nX' } })).toBe('Stack/Backend: environment variable KEY contains a newline; '
      + "a Dockerfile can't hold it: set it in the task definition ('environment' of addToTaskDefinition()), or encode it");
  });

  test.each(['\r', '\0', '\x1b', '\x7f', '\ud800'])('value with the character %j', (character) => {
    expect(propsFailure({ environment: { KEY: `a${character}b` } })).toContain(`Stack/Backend: environment variable KEY contains the control character ${JSON.stringify(character)}`);
  });

  test('value that is longer than a line of a Dockerfile', () => {
    expect(propsFailure({ environment: { KEY: 'x'.repeat(65_526) } })).toContain(
      'Stack/Backend: environment variable KEY takes a line of 65536 bytes in a Dockerfile, which has 65535 at most; a Dockerfile can\'t hold it');
  });

  test('value that just fits', () => {
    expect(() => imageOf('', { environment: { KEY: 'x'.repeat(65_525) } })).not.toThrow();
  });

  test('value that is not known at synth', () => {
    expect(propsFailure({ environment: { KEY: Token.asString({ Ref: 'Table' }) } })).toBe('Stack/Backend: environment variable KEY is a token, which has no value '
      + "until deployment; set it in the task definition instead: 'environment' of addToTaskDefinition()");
  });

  test('value that is not a string', () => {
    expect(propsFailure({ environment: { KEY: 1 as unknown as string } })).toBe('Stack/Backend: environment variable KEY is 1; expected a string');
  });
});

describe('labels', () => {
  test('without a key', () => {
    expect(propsFailure({ labels: { '': 'x' } })).toContain('Stack/Backend: a label with the value "x" has no key; name it');
  });

  test('longer than a line of a Dockerfile', () => {
    expect(propsFailure({ labels: { key: '$'.repeat(32_770) } })).toContain("Stack/Backend: label 'key' takes a line of 65554 bytes in a Dockerfile");
  });

  test('a key with an equals sign', () => {
    expect(propsFailure({ labels: { 'a=b': 'x' } })).toContain('Stack/Backend: the key of label "a=b" contains \'=\'');
  });

  test('with a newline in the key', () => {
    expect(propsFailure({ labels: { 'a\nb': 'x' } })).toContain('Stack/Backend: the key of label "a\\nb" contains a newline; rename it');
  });

  test('with a newline in the value', () => {
    expect(propsFailure({ labels: { a: 'x\ny' } })).toBe("Stack/Backend: label 'a' contains a newline; make it one line");
  });

  test('that is not known at synth', () => {
    expect(propsFailure({ labels: { a: Token.asString({ Ref: 'Table' }) } })).toContain("Stack/Backend: label 'a' is a token");
  });
});

test.each(['', '-', 'app.js', '-r\n', ' --inspect'])('nodeOptions with %j', (option) => {
  expect(propsFailure({ nodeOptions: [option] })).toBe(
    `Stack/Backend: 'nodeOptions' contains ${JSON.stringify(option)}; expected options of Node.js that each begin with '-', such as '--max-old-space-size=512'`);
});

describe('copyFiles', () => {
  test('source that is missing', () => {
    expect(propsFailure({ copyFiles: { '/app/views': 'no/views' } })).toBe(
      `Stack/Backend: 'copyFiles' source ${path.resolve('no/views')} does not exist; expected a file or folder, absolute or relative to the working directory, ${process.cwd()}`);
  });

  test('source that is not known at synth', () => {
    expect(propsFailure({ copyFiles: { '/app/views': Token.asString({ Ref: 'X' }) } })).toContain("Stack/Backend: 'copyFiles' source of '/app/views' is a token");
  });

  test('target that is relative', () => {
    expect(propsFailure({ copyFiles: { 'app/views': __dirname } })).toBe(
      "Stack/Backend: 'copyFiles' target \"app/views\" is relative; expected an absolute path in the image, such as '/app/views'");
  });

  test.each(['/app/../etc', '/..', '/', '/app//views', '/app/./x', '/app/a\nb'])('target %j that is not a plain path', (target) => {
    expect(propsFailure({ copyFiles: { [target]: __filename } })).toContain(`Stack/Backend: 'copyFiles' target ${JSON.stringify(target)} is not a plain path`);
  });

  test.each(['/lib/x', '/bin', '/proc/x', '/lib64/'])('target %j that would break the base image', (target) => {
    expect(propsFailure({ copyFiles: { [target]: __filename } })).toContain(`'copyFiles' target ${JSON.stringify(target)} would replace /${target.split('/')[1]} of the base image`);
  });

  test('target of two sources', () => {
    expect(propsFailure({ copyFiles: { '/opt/x': __filename, '/opt/x/': __dirname } })).toBe(
      "Stack/Backend: 'copyFiles': two files or folders are copied to /opt/x; copy one of them elsewhere");
  });

  test('target below a file', () => {
    expect(propsFailure({ copyFiles: { '/opt/x': __filename, '/opt/x/y': __filename } })).toBe(
      "Stack/Backend: 'copyFiles': /opt/x is both a file and the parent folder of another one; copy one of them elsewhere");
  });

  test('target that the bundle is at', () => {
    expect(propsFailure({ copyFiles: { '/app/index.cjs': __filename } })).toBe("Stack/Backend: 'copyFiles' copies to /app/index.cjs, where the bundle is; copy it elsewhere");
  });

  test('with a broken symbolic link', () => {
    const folder = project({ 'index.ts': '' });
    fs.symlinkSync('nowhere', path.join(folder, 'link'));
    expect(propsFailure({ copyFiles: { '/opt/x': folder } })).toBe(
      `Stack/Backend: 'copyFiles': ${folder}/link is a symbolic link to nowhere, which does not exist; remove it, or make what it points to`);
  });

  test('with a symbolic link that leads back', () => {
    const folder = project({ 'a/index.ts': '' });
    fs.symlinkSync(folder, path.join(folder, 'a/loop'));
    expect(propsFailure({ copyFiles: { '/opt/x': folder } })).toBe(
      `Stack/Backend: 'copyFiles': ${folder}/a/loop is a symbolic link to a folder that contains it; remove it`);
  });
});

describe('an error in the app', () => {
  test('of syntax shows file, line, column and source line', () => {
    expect(() => imageOf('const answer = 42;\nconst const = 1;\n')).toThrow(
      /^Stack\/Backend: esbuild can't bundle .*index\.ts\n\n✘ \[ERROR\] .*\n\n    index\.ts:2:6:\n      2 │ const const = 1;\n/);
  });

  test('of resolution shows file, line, column and source line', () => {
    expect(() => imageOf("import express from 'expresss';\nexpress();\n")).toThrow(
      /Could not resolve "expresss"\n\n    index\.ts:1:20:\n      1 │ import express from 'expresss';\n/);
  });

  test('of top-level await in CommonJS says how to make it an ES module', () => {
    expect(() => imageOf('await 1;')).toThrow(/Top-level await[^]*Make the app an ES module: "type": "module" in its package\.json, an entry named \.mts, or 'format: OutputFormat\.ESM'\./);
  });

  test('leaves nothing staged', () => {
    expect(failure({ entry: path.join(project({ 'index.ts': 'const const = 1;' }), 'index.ts') })).toContain('ERROR');
  });
});

test.each([
  ['in the app', () => imageOf('const const = 1;')],
  ['in the props', () => imageOf('', { port: 0 })],
])('an error %s has a stack trace that begins where the image was made', (_, make) => {
  let stack = '';
  try {
    make();
  } catch (error) {
    stack = (error as Error).stack ?? '';
  }
  expect(/^ {4}at .*$/m.exec(stack)?.[0]).toMatch(/^ {4}at newImage \(.*test\/project\.ts:\d+:\d+\)$/);
});

test('an error in a bundler of one\'s own keeps its stack trace', () => {
  class Broken extends Bundler {
    public bundle(): Bundle {
      throw new TypeError('broken');
    }
  }
  try {
    imageOf('', { bundler: new Broken() });
  } catch (error) {
    expect((error as Error).stack).toMatch(/^TypeError: broken\n +at Broken\.bundle /);
  }
  expect.hasAssertions();
});

test('a synth that failed does not change the next one', () => {
  const folder = project({ 'index.ts': 'const const = 1;' });
  const entry = path.join(folder, 'index.ts');
  expect(() => newImage({ entry })).toThrow();
  fs.writeFileSync(entry, 'console.log(1);');
  expect(fileInLayer(newImage({ entry }), 'app/index.cjs')).toContain('console.log(1)');
});
