import * as fs from 'node:fs';
import * as path from 'node:path';
import { SynthResult, runSynth, stagedFolders } from './synth';
import { folderWith, temporaryFolder } from './temporary-folder';

interface Mistake {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly message: RegExp;
  /** File, line and column. */
  readonly place: string;
  /** Line of the source. */
  readonly line: RegExp;
}

const mistakes: readonly Mistake[] = [
  {
    what: 'a syntax error in the app',
    files: {
      'package.json': '{}',
      'src/main.ts': "import { total } from './total';\nconsole.log(total);\n",
      'src/total.ts': 'const a = 1;\nexport const total = a +;\n',
    },
    message: /Stack\/Image: esbuild can't bundle .*\/src\/main\.ts\n/,
    place: 'src/total.ts:2:24:',
    line: /^ +2 . export const total = a \+;$/m,
  },
  {
    what: 'an import of what does not exist',
    files: { 'package.json': '{}', 'src/main.ts': "console.log(1);\nimport './nowhere';\n" },
    message: /Stack\/Image: esbuild can't bundle .*\/src\/main\.ts\n/,
    place: 'src/main.ts:2:7:',
    line: /^ +2 . import '\.\/nowhere';$/m,
  },
];

describe.each(mistakes)('$what', ({ files, message, place, line }) => {
  let result: SynthResult;
  let folder: string;
  let temporary: string;

  beforeAll(async () => {
    folder = folderWith(files);
    temporary = temporaryFolder();
    result = await runSynth({ Stack: { Image: { entry: path.join(folder, 'src/main.ts') } } }, { environment: { TMPDIR: temporary } });
  });

  test('fails', () => {
    expect(result.code).toBe(1);
  });

  test('names the construct and the entry', () => {
    expect(result.output).toMatch(message);
  });

  test('shows file, line and column', () => {
    expect(result.output).toContain(place);
  });

  test('shows the line of the source', () => {
    expect(result.output).toMatch(line);
  });

  test('shows the line of the CDK app that made the image', () => {
    expect(result.output).toMatch(/ at .*test\/e2e\/cdk-app\.ts:\d+/);
  });

  test('shows no stack frame of this library', () => {
    expect(result.output).not.toMatch(/^ +at .*\/(src|lib)\/(slim-node-image|private)/m);
  });

  test('shows no code of this library', () => {
    expect(result.output).not.toMatch(/(src|lib)\/private\//);
  });

  test('leaves nothing in cdk.out', () => {
    expect(stagedFolders(result.cdkOut)).toEqual([]);
  });

  test('leaves no temporary folder', () => {
    expect(fs.readdirSync(temporary).filter((name) => name.startsWith('slim-node-image'))).toEqual([]);
  });
});
