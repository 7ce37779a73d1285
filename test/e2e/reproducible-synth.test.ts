import * as fs from 'node:fs';
import * as path from 'node:path';
import { contextFiles } from './context-files';
import { otherClock } from './other-clock';
import { copyProject } from './project-copy';
import { output } from './run-command';
import { SynthOptions, SynthesizedImage, synth } from './synth';
import { temporaryFolder } from './temporary-folder';

interface Condition {
  readonly what: string;
  /** Name of the folder that the sources lie in. */
  readonly folder?: string;
  /** Changes the copy of the sources. */
  readonly prepare?: (folder: string) => Promise<unknown>;
  readonly options?: () => SynthOptions | Promise<SynthOptions>;
}

const underUmask = (umask: string) => ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh'];

// The capability to read everything, which access(2) heeds only with that bit: the checkout may lie in a folder that is for its owner only.
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];

const conditions: readonly Condition[] = [
  { what: 'in another folder', folder: 'a folder/Größe & "more"/$HOME' },
  { what: 'under umask 077', prepare: (folder) => output('chmod', ['-R', 'go=', folder]), options: () => ({ through: underUmask('077') }) },
  { what: 'in another locale', options: () => ({ environment: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } }) },
  { what: 'in another time zone', options: () => ({ environment: { TZ: 'Pacific/Kiritimati' } }) },
  {
    what: 'at another time',
    prepare: (folder) => output('find', [folder, '-exec', 'touch', '--no-dereference', '--date=2001-02-03', '{}', '+']),
    options: async () => ({ environment: await otherClock() }),
  },
  // Only root can become another user.
  ...(process.getuid?.() === 0 ? [{
    what: 'as another user',
    prepare: (folder: string) => output('chown', ['-R', '65534:65534', folder]),
    options: () => ({ through: asNobody }),
  }] : []),
];

let reference: Readonly<Record<string, SynthesizedImage>>;

beforeAll(async () => {
  reference = await synthUnder({ what: 'as usual' });
});

describe.each(conditions)('synthesized $what', (condition) => {
  let images: Readonly<Record<string, SynthesizedImage>>;

  beforeAll(async () => {
    images = await synthUnder(condition);
  });

  test.each(['Backend', 'Typescript'])('%s has the same asset hash', (id) => {
    expect(images[id].assetHash).toBe(reference[id].assetHash);
  });

  test.each(['Backend', 'Typescript'])('%s has the same bytes in its build context', (id) => {
    expect(contextFiles(images[id].directory)).toEqual(contextFiles(reference[id].directory));
  });
});

test('the other time is years ahead', async () => {
  const environment = await otherClock();
  const year = await output(process.execPath, ['--print', 'new Date().getFullYear()'], { environment });
  expect(Number(year)).toBeGreaterThan(new Date().getFullYear() + 3);
});

test('another word in the sources gives another asset hash', async () => {
  const images = await synthUnder({
    what: 'with another word',
    prepare: (folder) => output('sed', ['--in-place', 's/Hello/Howdy/', path.join(folder, 'typescript/src/greetings.ts')]),
  });
  expect(images.Typescript.assetHash).not.toBe(reference.Typescript.assetHash);
});

/** Copies the sources and synthesizes them. */
async function synthUnder({ folder = 'project', prepare, options }: Condition): Promise<Readonly<Record<string, SynthesizedImage>>> {
  const temporary = temporaryFolder();
  fs.mkdirSync(path.join(temporary, 'work'), { mode: 0o777 });
  fs.chmodSync(path.join(temporary, 'work'), 0o777);
  const sources = path.join(temporary, folder);
  copyProject('backend', path.join(sources, 'backend'));
  copyProject('typescript-esm', path.join(sources, 'typescript'));
  writeViews(path.join(sources, 'views'));
  await prepare?.(sources);

  const { environment, ...others } = await options?.() ?? {};
  return synth({
    Stack: {
      Backend: { entry: path.join(sources, 'backend/src/main.ts'), copyFiles: { '/app/views': path.join(sources, 'views') } },
      Typescript: { entry: path.join(sources, 'typescript/src/main.ts') },
    },
  }, {
    cdkOut: path.join(temporary, 'work/cdk.out'),
    through: underUmask('022'),
    environment: { LANG: 'C', LC_ALL: 'C', TZ: 'UTC', TMPDIR: path.join(temporary, 'work'), ...environment },
    ...others,
  });
}

/** Names that are sorted in one way by code units and in others by locale. */
function writeViews(folder: string): void {
  fs.mkdirSync(path.join(folder, 'I'), { recursive: true });
  for (const name of ['a', 'B', 'ä', 'Z', 'i', 'ı', 'I/nested', '_']) {
    fs.writeFileSync(path.join(folder, name), name);
  }
  fs.chmodSync(path.join(folder, 'Z'), 0o755);
  fs.symlinkSync('a', path.join(folder, 'link'));
}
