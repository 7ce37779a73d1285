import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import { newImage, project, temporaryFolder } from './project';

const entry = () => path.join(project({ 'index.ts': 'console.log(1)' }), 'index.ts');

/** The contexts of two synths into the same cdk.out, with something happening in between. */
function synthTwice(between: (staged: string) => void) {
  const outdir = temporaryFolder();
  const source = entry();
  const synth = () => newImage({ entry: source }, new Stack(new App({ outdir }), 'Stack')).contextDirectory;
  const content = (directory: string) => fs.readdirSync(directory).sort().map((file) => [file, fs.readFileSync(path.join(directory, file)).toString('base64')]);
  const first = synth();
  const before = content(first);
  between(first);
  return { before, after: content(synth()), outdir, staged: path.basename(first) };
}

describe('what an earlier synth left in cdk.out', () => {
  test.each([
    ['a file that was cut off', (staged: string) => fs.truncateSync(path.join(staged, 'app.tar'), 512)],
    ['a missing file', (staged: string) => fs.rmSync(path.join(staged, 'image-plan.json'))],
    ['an altered byte', (staged: string) => {
      const file = path.join(staged, 'app.tar');
      const bytes = fs.readFileSync(file);
      bytes[1600] ^= 1;
      fs.writeFileSync(file, bytes);
    }],
    ['a file that does not belong there', (staged: string) => fs.writeFileSync(path.join(staged, 'extra'), '')],
    ['an empty folder', (staged: string) => fs.readdirSync(staged).forEach((file) => fs.rmSync(path.join(staged, file)))],
  ])('is repaired: %s', (_, damage) => {
    const { before, after } = synthTwice(damage);
    expect(after).toEqual(before);
  });

  test('leaves no other folder behind when it is repaired', () => {
    const { outdir, staged } = synthTwice((folder) => fs.truncateSync(path.join(folder, 'app.tar'), 512));
    expect(fs.readdirSync(outdir)).toEqual([staged]);
  });

  test('is not written again when it is whole', () => {
    const times: number[] = [];
    const { outdir, staged } = synthTwice((folder) => times.push(fs.statSync(path.join(folder, 'app.tar')).mtimeMs));
    expect(fs.statSync(path.join(outdir, staged, 'app.tar')).mtimeMs).toBe(times[0]);
  });
});

describe('the plan and the asset hash do not depend on', () => {
  const script = `
    const { App, Stack } = require(${JSON.stringify(require.resolve('aws-cdk-lib'))});
    const { SlimNodeImage } = require(${JSON.stringify(path.resolve('lib'))});
    const [folder, outdir] = process.argv.slice(1);
    const image = new SlimNodeImage(new Stack(new App({ outdir }), 'Stack'), 'Backend',
      { entry: folder + '/src/index.ts', copyFiles: { '/app/views': folder + '/views' } });
    process.stdout.write(require('fs').readFileSync(image.contextDirectory + '/image-plan.json', 'utf8') + image.assetHash);`;
  const sources = () => project({
    'package.json': '{}', 'src/index.ts': 'import "./ä"; console.log(1)', 'src/ä.ts': 'console.log(2)', 'views/b': '', 'views/Ä': '', 'views/a': '',
  });
  const synth = async (folder: string, environment: { readonly [name: string]: string } = {}, umask = '022', cwd = process.cwd()) => {
    const { stdout } = await promisify(execFile)('sh', ['-c', `umask ${umask}; exec "$0" -e "$1" "$2" "$3"`, process.execPath, script, folder, temporaryFolder()],
      { cwd, env: { ...process.env, TZ: 'UTC', LC_ALL: 'C', ...environment } });
    return stdout;
  };

  test.each([
    ['the time zone', { TZ: 'Pacific/Kiritimati' }, '022'],
    ['the locale', { LC_ALL: 'tr_TR.UTF-8' }, '022'],
    ['the umask', {}, '077'],
    ['the home folder', { HOME: '/nonexistent' }, '022'],
  ])('%s', async (_, environment, umask) => {
    expect(await synth(sources(), environment, umask)).toBe(await synth(sources()));
  });

  test('the working directory', async () => {
    const elsewhere = project({ 'package.json': '{"type":"module"}', 'package-lock.json': '{}', 'tsconfig.json': '{"compilerOptions":{"target":"es5"}}' });
    expect(await synth(sources(), {}, '022', elsewhere)).toBe(await synth(sources()));
  });

  test('other synths that run at the same time', async () => {
    const folder = sources();
    const results = await Promise.all([1, 2, 3, 4].map(() => synth(folder)));
    expect(new Set(results).size).toBe(1);
  });
});
