import * as fs from 'node:fs';
import * as path from 'node:path';
import { output } from './run-command';
import { temporaryFolder } from './temporary-folder';
import { downloadDebianPackages, debianPackageFile } from '../../scripts/stand-ins/debian-packages';

/** Environment variables that let a process see a clock that is five years ahead. */
export async function otherClock(): Promise<Readonly<Record<string, string>>> {
  return {
    FAKETIME: '+1826d',
    // Node.js waits by the monotonic clock.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    LD_PRELOAD: findLibrary('/usr/lib') ?? await downloadLibrary(),
  };
}

/** Unpacks the library from Debian's package without installing it. */
async function downloadLibrary(): Promise<string> {
  const suite = /^VERSION_CODENAME=(\w+)$/m.exec(fs.readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
  const architecture = (await output('dpkg', ['--print-architecture'])).trim();
  const packages = downloadDebianPackages({ suite, architecture, names: ['libfaketime'] });
  const folder = temporaryFolder();
  await output('dpkg-deb', ['--extract', debianPackageFile(packages, 'libfaketime'), folder]);
  const library = findLibrary(path.join(folder, 'usr/lib'));
  if (library === undefined) {
    throw new Error("found no libfaketime.so.1 in Debian's package libfaketime; install libfaketime on this machine");
  }
  return library;
}

function findLibrary(folder: string): string | undefined {
  return fs.readdirSync(folder).map((name) => path.join(folder, name, 'faketime/libfaketime.so.1')).find((file) => fs.existsSync(file));
}
