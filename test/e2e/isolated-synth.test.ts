import { once } from 'node:events';
import * as fs from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { contextFiles } from './context-files';
import { fixture } from './fixture-apps';
import { runCommand } from './run-command';
import { SynthesizedImage, synthImage } from './synth';
import { folderWith, temporaryFolder } from './temporary-folder';

// What asks a package manager, or a registry, ends in one of these.
const forbidden = ['npx', 'npm', 'pnpm', 'yarn', 'bun', 'corepack', 'docker', 'git', 'curl', 'tar'];

/** A command that runs another one without any network, as root or as a user who may become root of a namespace. */
const withoutNetwork = ['/usr/bin/unshare', '--user', '--map-root-user', '--net'];

let commands: string;
let entry: string;
let image: SynthesizedImage;

beforeAll(async () => {
  commands = folderWith(Object.fromEntries(forbidden.map((name) => [name, '#!/bin/sh\n/bin/echo "$0 $*" >> "${0%/*}/calls"\nexit 1\n'])));
  forbidden.forEach((name) => fs.chmodSync(path.join(commands, name), 0o755));
  // A project with nothing but its sources: no lockfile in it or above it.
  const folder = temporaryFolder();
  fs.cpSync(fixture('javascript-commonjs'), folder, { recursive: true });
  entry = path.join(folder, 'index.js');
  image = await synthImage({ entry }, { through: withoutNetwork, environment: { PATH: commands } });
});

test.each([
  { what: 'can be reached', through: [], code: 0 },
  { what: 'is out of reach without a network', through: withoutNetwork, code: 1 },
])('a server on this machine $what', async ({ through, code }) => {
  const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const request = `fetch('http://127.0.0.1:${(server.address() as AddressInfo).port}').catch(() => process.exit(1))`;
  const [command, ...args] = [...through, process.execPath, '--eval', request];
  expect((await runCommand(command, args)).code).toBe(code);
  server.close();
});

test('the project has no lockfile', () => {
  expect(fs.readdirSync(path.dirname(entry)).sort()).toEqual(['index.js', 'package.json', 'quotes.js']);
});

test.each(forbidden)('synth does not run %s', (name) => {
  const calls = path.join(commands, 'calls');
  expect(fs.existsSync(calls) ? fs.readFileSync(calls, 'utf8') : '').not.toContain(`/${name} `);
});

test('synth makes the same build context as with a network and package managers', async () => {
  expect(contextFiles((await synthImage({ entry })).directory)).toEqual(contextFiles(image.directory));
});
