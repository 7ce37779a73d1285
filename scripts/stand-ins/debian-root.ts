import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder } from './cached-folder';
import { debianMirror } from './debian-packages';
import { packLayer } from './layer';
import { progress } from './progress';
import { runCommand } from './run-command';

// What the slim images of Debian leave out, and what debootstrap leaves behind.
const dropped = ['dev', 'usr/share/doc', 'usr/share/info', 'usr/share/locale', 'usr/share/man', 'var/cache/apt', 'var/lib/apt/lists', 'var/log'];

/** A layer tar with a minimal Debian of this machine's CPU architecture, and the user `node` of the official Node images. */
export function debianRootLayer(suite: string): string {
  const folder = cachedFolder(`${suite}-root`, (draft) => {
    requireDebootstrap();
    progress(`bootstrapping Debian ${suite}`);
    const root = join(draft, 'root');
    const mirror = debianMirror();
    mkdirSync(root, { mode: 0o755 });
    runCommand('debootstrap', ['--variant=minbase', suite, root, mirror]);
    runCommand('chroot', [root, 'useradd', '--uid', '1000', '--create-home', '--shell', '/bin/bash', 'node']);
    for (const path of dropped) {
      readdirSync(join(root, path)).forEach((name) => rmSync(join(root, path, name), { recursive: true }));
    }
    writeFileSync(join(root, 'etc/apt/sources.list'), `deb ${mirror} ${suite} main\n`);
    packLayer({ root, file: join(draft, 'debian.tar'), owners: 'kept' });
    rmSync(root, { recursive: true });
  });
  return join(folder, 'debian.tar');
}

function requireDebootstrap(): void {
  if (process.getuid?.() !== 0) throw new Error('the stand-in of a Node image is made with debootstrap, which needs root; run this as root');
  if (existsSync('/usr/sbin/debootstrap')) return;
  progress('installing debootstrap');
  runCommand('apt-get', ['--quiet=2', 'update']);
  runCommand('apt-get', ['--quiet=2', 'install', '--yes', '--no-install-recommends', 'debootstrap']);
}
