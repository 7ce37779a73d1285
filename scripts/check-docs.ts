import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run-jest';

// jsii-rosetta compiles the README and the docstrings, and refuses TypeScript that Java or Go can't say. An app in docs/ may be any
// TypeScript. As there, an example is put into the default fixture, into another with `fixture=name`, or stands alone with `nofixture`.
const docs = join(root, 'docs');
const folder = join(root, '.cache', 'docs');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
rmSync(folder, { recursive: true, force: true });

const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
const files = pages.flatMap(writeExamples);
process.stdout.write(`${files.length} examples in docs/\n`);
const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node16', '--target', 'es2022', '--types', 'node'];
process.exitCode = spawnSync(process.execPath, [tsc, '--ignoreConfig', ...options, ...files], { cwd: root, stdio: 'inherit' }).status ?? 1;

/** Writes each example of a page into a file that is named after its line. */
function writeExamples(page: string): string[] {
  const blocks = [...readFileSync(join(docs, page), 'utf8').matchAll(/^```ts(.*)\n([^]*?)^```$/gm)];
  return blocks.map(({ 1: option, 2: source, index, input }) => {
    const file = join(folder, `${page}-line-${input.slice(0, index).split('\n').length}.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, inFixture(source, option.trim()));
    return file;
  });
}

function inFixture(source: string, option: string): string {
  if (option === 'nofixture') return source;
  const fixture = join(root, 'rosetta', `${option.replace('fixture=', '') || 'default'}.ts-fixture`);
  return readFileSync(fixture, 'utf8').replace('/// here', () => source);
}
