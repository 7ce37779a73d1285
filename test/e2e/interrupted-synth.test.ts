import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ImageDefinition } from './app-definition';
import { contextFiles } from './context-files';
import { fixture } from './fixture-apps';
import { CommandResult } from './run-command';
import { SynthesizedImage, runSynth, stagedFolders, synthImage } from './synth';
import { folderWith, temporaryFolder } from './temporary-folder';

/** Bytes. Copying them to cdk.out takes long enough for an interruption. */
const LARGE = 50_000_000;

let definition: ImageDefinition;
let whole: SynthesizedImage;
let wholeFiles: Readonly<Record<string, string>>;

beforeAll(async () => {
  const folder = folderWith({ 'large.bin': '' });
  fs.truncateSync(path.join(folder, 'large.bin'), LARGE);
  definition = { entry: fixture('javascript-commonjs/index.js'), copyFiles: { '/app/large.bin': path.join(folder, 'large.bin') } };
  whole = await synthImage(definition);
  wholeFiles = contextFiles(whole.directory);
});

describe('a synth that was killed while it copied the build context', () => {
  let killed: Pick<CommandResult, 'code'>;
  let left: Readonly<Record<string, string>>;
  let cdkOut: string;

  beforeAll(async () => {
    do {
      cdkOut = path.join(temporaryFolder(), 'cdk.out');
      killed = await killWhileStaging(cdkOut);
      left = contextFiles(path.join(cdkOut, stagedFolders(cdkOut)[0]));
      // On a busy machine the signal may come too late.
    } while (JSON.stringify(left) === JSON.stringify(wholeFiles));
  });

  test('was ended by SIGKILL', () => {
    expect(killed.code).toBe('SIGKILL');
  });

  test('left half of the context under the name of the whole', () => {
    expect(stagedFolders(cdkOut)).toEqual([`asset.${whole.assetHash}`]);
  });

  describe('and then a second one', () => {
    let repaired: SynthesizedImage;

    beforeAll(async () => {
      repaired = await synthImage(definition, { cdkOut });
    });

    test('completes the context', () => {
      expect(contextFiles(repaired.directory)).toEqual(wholeFiles);
    });

    test('leaves no other folder', () => {
      expect(stagedFolders(cdkOut)).toEqual([`asset.${whole.assetHash}`]);
    });
  });
});

describe('a staged context is repaired by the next synth when', () => {
  const small = { entry: fixture('javascript-commonjs/index.js') };
  let image: SynthesizedImage;
  let cdkOut: string;
  let before: Readonly<Record<string, string>>;

  beforeAll(async () => {
    cdkOut = path.join(temporaryFolder(), 'cdk.out');
    image = await synthImage(small, { cdkOut });
    before = contextFiles(image.directory);
  });

  test.each([
    ['a file was cut off', (file: string) => fs.truncateSync(file, 2000)],
    ['one byte is another', alterByte],
    ['a file is garbage', (file: string) => fs.writeFileSync(file, 'garbage')],
    ['a file is gone', (file: string) => fs.rmSync(file)],
  ])('%s', async (_, damage) => {
    damage(path.join(image.directory, 'app.tar'));
    await synthImage(small, { cdkOut });
    expect(contextFiles(image.directory)).toEqual(before);
  });
});

function alterByte(file: string): void {
  const bytes = fs.readFileSync(file);
  bytes[1600] ^= 1;
  fs.writeFileSync(file, bytes);
}

/** Kills the CDK CLI and the app as soon as there is a folder of an asset. */
async function killWhileStaging(cdkOut: string): Promise<Pick<CommandResult, 'code'>> {
  let group = 0;
  const synth = runSynth({ Stack: { Image: definition } }, {
    cdkOut,
    // It can't remove what it leaves there.
    environment: { TMPDIR: temporaryFolder() },
    onStart: (id) => group = id,
  });
  let ended = false;
  void synth.finally(() => ended = true);
  while (!ended && stagedFolders(cdkOut).length === 0) {
    await setTimeout(1);
  }
  if (!ended) process.kill(-group, 'SIGKILL');
  return synth;
}
