import * as fs from 'node:fs';
import * as path from 'node:path';
import { layerListing, fileInLayer } from './layer-content';
import { newImage, project } from './project';

/** The entries of the layer for copied files, without size and time. */
function copied(
  files: { readonly [file: string]: string }, copyFiles: { readonly [target: string]: string }, prepare: (folder: string) => void = () => {},
): string[] {
  const folder = project({ 'index.ts': '', ...files });
  prepare(folder);
  const absolute = Object.fromEntries(Object.entries(copyFiles).map(([target, source]) => [target, path.join(folder, source)]));
  return layerListing(newImage({ entry: path.join(folder, 'index.ts'), copyFiles: absolute }), 'files.tar')
    .map((line) => line.replace(/^(\S+) (\S+) \d+ 1970-01-01 00:00 /, '$1 $2 '));
}

test('a file goes to the path that is given', () => {
  expect(copied({ 'ca.pem': 'x' }, { '/etc/ssl/ca.pem': 'ca.pem' })).toEqual([
    'drwxr-xr-x 0/0 etc/', 'drwxr-xr-x 0/0 etc/ssl/', '-rw-r--r-- 0/0 etc/ssl/ca.pem',
  ]);
});

test('a file goes into a folder that is given with a slash at its end', () => {
  expect(copied({ 'ca.pem': 'x' }, { '/etc/ssl/': 'ca.pem' })).toContain('-rw-r--r-- 0/0 etc/ssl/ca.pem');
});

test('a folder goes there with all it holds, sorted', () => {
  expect(copied({ 'views/b.html': '', 'views/a/x.html': '', 'views/a-b.html': '' }, { '/app/views': 'views' })).toEqual([
    'drwxr-xr-x 0/0 app/', 'drwxr-xr-x 0/0 app/views/', 'drwxr-xr-x 0/0 app/views/a/', '-rw-r--r-- 0/0 app/views/a-b.html',
    '-rw-r--r-- 0/0 app/views/a/x.html', '-rw-r--r-- 0/0 app/views/b.html',
  ].sort((a, b) => (a.split(' ')[2].replace(/\/$/, '') < b.split(' ')[2].replace(/\/$/, '') ? -1 : 1)));
});

test('an empty folder is copied, too', () => {
  expect(copied({}, { '/data': 'empty' }, (folder) => fs.mkdirSync(path.join(folder, 'empty')))).toEqual(['drwxr-xr-x 0/0 data/']);
});

test('modes are those of the image, not of the machine', () => {
  expect(copied({ 'x/tool': '', 'x/secret': '' }, { '/opt': 'x' }, (folder) => {
    fs.chmodSync(path.join(folder, 'x'), 0o700);
    fs.chmodSync(path.join(folder, 'x/tool'), 0o700);
    fs.chmodSync(path.join(folder, 'x/secret'), 0o600);
  })).toEqual(['drwxr-xr-x 0/0 opt/', '-rw-r--r-- 0/0 opt/secret', '-rwxr-xr-x 0/0 opt/tool']);
});

test('a symbolic link inside of a folder stays one', () => {
  expect(copied({ 'x/a/file': '' }, { '/opt': 'x' }, (folder) => fs.symlinkSync('a/file', path.join(folder, 'x/link')))).toContain('lrwxrwxrwx 0/0 opt/link -> a/file');
});

test('a symbolic link out of a folder is followed', () => {
  const folder = project({ 'index.ts': '', 'other/file': 'content', 'x/y': '' });
  fs.symlinkSync('../other', path.join(folder, 'x/link'));
  const image = newImage({ entry: path.join(folder, 'index.ts'), copyFiles: { '/opt': path.join(folder, 'x') } });
  expect(fileInLayer(image, 'opt/link/file', 'files.tar')).toBe('content');
});

test('folders of the base image keep their owners and modes', () => {
  expect(copied({ x: '' }, { '/tmp/x': 'x', '/home/nonroot/x': 'x', '/root/x': 'x' })).toEqual([
    'drwxr-xr-x 0/0 home/', 'drwx------ 65532/65532 home/nonroot/', '-rw-r--r-- 0/0 home/nonroot/x',
    'drwx------ 0/0 root/', '-rw-r--r-- 0/0 root/x', 'drwxrwxrwt 0/0 tmp/', '-rw-r--r-- 0/0 tmp/x',
  ]);
});

test('paths may be long and have any letters', () => {
  const name = `${'ü'.repeat(60)}/${'x'.repeat(120)}/файл "1".txt`;
  const folder = project({ 'index.ts': '', [`x/${name}`]: 'content' });
  const image = newImage({ entry: path.join(folder, 'index.ts'), copyFiles: { '/opt': path.join(folder, 'x') } });
  expect(fileInLayer(image, `opt/${name}`, 'files.tar')).toBe('content');
});

test('a large file is whole', () => {
  const content = Array.from({ length: 300_000 }, (_, line) => `${line}\n`).join('');
  const folder = project({ 'index.ts': '', 'large': content });
  const image = newImage({ entry: path.join(folder, 'index.ts'), copyFiles: { '/opt/large': path.join(folder, 'large') } });
  expect(fileInLayer(image, 'opt/large', 'files.tar') === content).toBe(true);
});

test('a special file is refused', () => {
  expect(() => copied({}, { '/opt': 'x' }, (folder) => {
    fs.mkdirSync(path.join(folder, 'x'));
    fs.symlinkSync('/dev/null', path.join(folder, 'x/null'));
  })).toThrow(/^Stack\/Backend: 'copyFiles': .*x\/null is neither a file nor a folder nor a symbolic link/);
});
