import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder, withTemporaryFolder } from './cached-folder';
import { debianMirror, debianPackageFile, downloadDebianPackages } from './debian-packages';
import { packLayer, putFile } from './layer';
import { progress } from './progress';
import { runCommand } from './run-command';

// What the slim images of Debian leave out, and what debootstrap leaves behind.
const dropped = ['dev', 'usr/share/doc', 'usr/share/info', 'usr/share/locale', 'usr/share/man', 'var/cache/apt', 'var/lib/apt/lists', 'var/log'];

/** A layer tar with a minimal Debian for this machine's CPU architecture, and the user `node` of the official Node images. */
export function debianRootLayer(suite: string): string {
  if (process.getuid?.() !== 0) throw new Error('the stand-in of a Node image is made with debootstrap, which needs root; run this as root');
  const folder = cachedFolder(`${suite}-root`, (draft) => {
    const root = join(draft, 'root');
    const mirror = debianMirror();
    bootstrap(suite, root, mirror);
    runCommand('chroot', [root, 'useradd', '--uid', '1000', '--create-home', '--shell', '/bin/bash', 'node']);
    for (const path of dropped) {
      readdirSync(join(root, path)).forEach((name) => rmSync(join(root, path, name), { recursive: true }));
    }
    putFile(root, 'etc/apt/sources.list', `deb ${mirror} ${suite} main\n`);
    packLayer({ root, file: join(draft, 'debian.tar'), owners: 'kept' });
    rmSync(root, { recursive: true });
  });
  return join(folder, 'debian.tar');
}

/** Runs debootstrap, unpacked and not installed: the machine's packages stay as they are. */
function bootstrap(suite: string, root: string, mirror: string): void {
  const packages = downloadDebianPackages({ suite, architecture: 'all', names: ['debootstrap'] });
  withTemporaryFolder((folder) => {
    runCommand('dpkg-deb', ['--extract', debianPackageFile(packages, 'debootstrap'), folder]);
    progress(`bootstrapping Debian ${suite}`);
    mkdirSync(root, { mode: 0o755 });
    runCommand(join(folder, 'usr/sbin/debootstrap'), ['--variant=minbase', suite, root, mirror], {
      environment: { DEBOOTSTRAP_DIR: join(folder, 'usr/share/debootstrap') },
    });
  });
}
