import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ImageDefinition } from './app-definition';
import { contextFiles } from './context-files';
import { fixture } from './fixture-apps';
import { output } from './run-command';
import { SynthResult, runSynth, stagedFolders, synthImage } from './synth';
import { folderWith, temporaryFolder } from './temporary-folder';

// Only root may mount a file system that is small enough to be full.
const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;

let definition: ImageDefinition;
let whole: Readonly<Record<string, string>>;

beforeAll(async () => {
  const folder = folderWith({ 'large.bin': '' });
  fs.writeFileSync(path.join(folder, 'large.bin'), randomBytes(8_000_000));
  definition = { entry: fixture('javascript-commonjs/index.js'), copyFiles: { '/app/large.bin': path.join(folder, 'large.bin') } };
  whole = contextFiles((await synthImage(definition)).directory);
});

describeAsRoot.each([
  { what: 'for temporary files', options: (disk: string) => ({ environment: { TMPDIR: disk } }), fix: 'point TMPDIR to another folder' },
  { what: 'of cdk.out', options: (disk: string) => ({ cdkOut: disk }), fix: "set another 'output' in cdk.json" },
])('when the disk $what is full', ({ options, fix }) => {
  let disk: string;
  let result: SynthResult;

  beforeAll(async () => {
    disk = temporaryFolder();
    await output('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=1777', 'tmpfs', disk]);
    result = await runSynth({ Stack: { Image: definition } }, options(disk));
  });

  afterAll(async () => {
    await output('umount', [disk]);
  });

  test('synth fails', () => {
    expect(result.code).toBe(1);
  });

  test('synth says so, and what to do', () => {
    expect(result.output).toMatch(new RegExp(`Error: Stack/Image: can't write to /.*: no space left on device; make room or give access there, or ${fix}`));
  });

  test('synth leaves no temporary folder', () => {
    expect(fs.readdirSync(disk).filter((name) => name.startsWith('slim-node-image'))).toEqual([]);
  });

  test('synth succeeds after there is space again', async () => {
    await output('mount', ['-o', 'remount,size=100m', disk]);
    const { directory } = await synthImage(definition, { cdkOut: result.cdkOut, ...options(disk) });
    expect(contextFiles(directory)).toEqual(whole);
  });

  test('the synth after that leaves one folder of an asset', () => {
    expect(stagedFolders(result.cdkOut)).toHaveLength(1);
  });
});
