import * as fs from 'node:fs';
import * as path from 'node:path';
import { distroless } from './base-images';
import { Files, addedFiles, baseImageFiles, changedFiles, containerFiles } from './container-files';
import { buildImage } from './docker';
import { fixture } from './fixture-apps';
import { Container, PORT, runContainer } from './run-container';
import { synthImage } from './synth';
import { folderWith } from './temporary-folder';

let container: Container;
let files: Files;
let baseFiles: Files;

beforeAll(async () => {
  const folder = folderWith({
    'views/index.html': '<h1>Hello</h1>',
    'views/partials/grüße 1.html': 'Grüße',
    'views/private.html': 'readable for the owner only',
    'bin/tool': '#!/bin/sh\n',
    'seed.json': '{"seeded":true}',
  });
  fs.chmodSync(path.join(folder, 'bin/tool'), 0o744);
  fs.chmodSync(path.join(folder, 'views/private.html'), 0o600);
  fs.mkdirSync(path.join(folder, 'views/empty'));
  fs.symlinkSync('../index.html', path.join(folder, 'views/partials/home.html'));
  fs.symlinkSync('../seed.json', path.join(folder, 'views/seed.json'));

  const baseImage = await distroless();
  const image = await synthImage({
    entry: fixture('probe/index.js'),
    baseImage,
    port: PORT,
    copyFiles: {
      '/app/views': path.join(folder, 'views'),
      '/data/tools/': path.join(folder, 'bin/tool'),
      '/tmp/seed.json': path.join(folder, 'seed.json'),
      '/var/tmp/seed.json': path.join(folder, 'seed.json'),
      '/root/seed.json': path.join(folder, 'seed.json'),
      '/home/nonroot/seed.json': path.join(folder, 'seed.json'),
      '/usr/share/seed.json': path.join(folder, 'seed.json'),
    },
  });
  // Writable: what the app may not overwrite is a matter of owners and modes alone.
  container = await runContainer(await buildImage(image), { args: [] });
  [files, baseFiles] = await Promise.all([containerFiles(container.name), baseImageFiles(baseImage.reference)]);
});

test('the image has what was copied, the parent folders and the app, and no other file', () => {
  expect(addedFiles(files, baseFiles)).toEqual([
    '-rw-r--r-- 0/0 app/index.cjs',
    '-rw-r--r-- 0/0 app/index.cjs.map',
    '-rw-r--r-- 0/0 app/views/index.html',
    '-rw-r--r-- 0/0 app/views/partials/grüße 1.html',
    '-rw-r--r-- 0/0 app/views/private.html',
    '-rw-r--r-- 0/0 app/views/seed.json',
    '-rw-r--r-- 0/0 home/nonroot/seed.json',
    '-rw-r--r-- 0/0 root/seed.json',
    '-rw-r--r-- 0/0 tmp/seed.json',
    '-rw-r--r-- 0/0 usr/share/seed.json',
    '-rw-r--r-- 0/0 var/tmp/seed.json',
    '-rwxr-xr-x 0/0 data/tools/tool',
    'drwxr-xr-x 0/0 app/',
    'drwxr-xr-x 0/0 app/views/',
    'drwxr-xr-x 0/0 app/views/empty/',
    'drwxr-xr-x 0/0 app/views/partials/',
    'drwxr-xr-x 0/0 data/',
    'drwxr-xr-x 0/0 data/tools/',
    'lrwxrwxrwx 0/0 app/views/partials/home.html -> ../index.html',
  ]);
});

test('the files and folders of the base image are as they were', () => {
  expect(changedFiles(files, baseFiles)).toEqual([]);
});

test.each([
  ['/tmp', { mode: '1777', uid: 0, gid: 0 }],
  ['/var/tmp', { mode: '1777', uid: 0, gid: 0 }],
  ['/root', { mode: '700', uid: 0, gid: 0 }],
  ['/home/nonroot', { mode: '700', uid: 65532, gid: 65532 }],
])('%s keeps its mode and its owner', async (folder, status) => {
  expect(await container.probe('status', folder)).toEqual(status);
});

test('the app can read a copied file', async () => {
  expect(await container.probe('read', '/app/views/private.html')).toBe('readable for the owner only');
});

test('the app can read a file through a copied link', async () => {
  expect(await container.probe('read', '/app/views/partials/home.html')).toBe('<h1>Hello</h1>');
});

test('a link to something outside of the copied folder is a file', async () => {
  expect(await container.probe('read', '/app/views/seed.json')).toBe('{"seeded":true}');
});

test('the app can write to /tmp', async () => {
  expect(await container.probe('overwrite', '/tmp/new')).toBe('done');
});

test.each(['/app/index.cjs', '/app/views/index.html', '/data/tools/tool'])('the app can not overwrite %s', async (file) => {
  expect(await container.probe('overwrite', file)).toBe('EACCES');
});

test.each(['/app/index.cjs', '/app/views/index.html'])('the app can not remove %s', async (file) => {
  expect(await container.probe('remove', file)).toBe('EACCES');
});

test('the app can not add a file to its folder', async () => {
  expect(await container.probe('overwrite', '/app/new')).toBe('EACCES');
});
