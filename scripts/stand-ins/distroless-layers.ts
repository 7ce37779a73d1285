import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { withTemporaryFolder } from './cached-folder';
import { debianPackageFile, downloadDebianPackages } from './debian-packages';
import { Platform } from './docker';
import { packLayer, putFile, putFolder } from './layer';
import { downloadNode } from './node-release';
import { runCommand } from './run-command';

const suite = 'trixie';

// The packages of the real image, from what changes least to what changes most.
const packagesOf = {
  static: ['base-files', 'netbase', 'tzdata', 'tzdata-legacy', 'media-types'],
  base: ['libc6', 'libssl3t64', 'libzstd1', 'zlib1g'],
  cc: ['libgomp1', 'libstdc++6', 'libgcc-s1', 'gcc-14-base'],
};

// Only a part of these goes into the image.
const partly = ['ca-certificates', 'libc-bin'];

const nonroot = 65532;

/** Writes the layer tars into the folder and returns their file names, lowest first. */
export function packDistrolessLayers(folder: string, nodeMajor: number, platform: Platform): string[] {
  const atomic = nodeMajor >= 26 ? ['libatomic1'] : [];
  const packages = downloadDebianPackages({
    suite,
    architecture: platform.replace('linux/', ''),
    names: [...Object.values(packagesOf).flat(), 'libatomic1', ...partly],
  });
  const node = downloadNode(nodeMajor, platform);

  return [
    pack('static', (root) => {
      addPackages(root, packages, packagesOf.static);
      addConfiguration(root);
      addCaBundle(root, packages);
      addLocale(root, packages);
    }, { 'home/nonroot': nonroot }),
    pack('base', (root) => addPackages(root, packages, packagesOf.base)),
    pack('cc', (root) => addPackages(root, packages, [...packagesOf.cc, ...atomic])),
    pack('node', (root) => {
      putFile(root, 'nodejs/bin/node', readFileSync(join(node, 'bin/node')), 0o755);
      putFile(root, 'nodejs/LICENSE', readFileSync(join(node, 'LICENSE')));
    }),
  ];

  function pack(name: string, fill: (root: string) => void, owners?: Readonly<Record<string, number>>): string {
    const root = join(folder, name);
    mkdirSync(root);
    fill(root);
    packLayer({ root, file: `${root}.tar`, owners });
    rmSync(root, { recursive: true });
    return `${name}.tar`;
  }
}

function addPackages(root: string, packages: string, names: readonly string[]): void {
  for (const name of names) {
    runCommand('dpkg-deb', ['--extract', debianPackageFile(packages, name), root]);
    // No dpkg database: a scanner finds the packages here.
    withUnpacked(packages, name, '--control', (control) => {
      putFile(root, `var/lib/dpkg/status.d/${name}`, readFileSync(join(control, 'control')));
      putFile(root, `var/lib/dpkg/status.d/${name}.md5sums`, readFileSync(join(control, 'md5sums')));
    });
  }
}

function addConfiguration(root: string): void {
  putFile(root, 'etc/passwd', [
    'root:x:0:0:root:/root:/sbin/nologin',
    'nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin',
    `nonroot:x:${nonroot}:${nonroot}:nonroot:/home/nonroot:/sbin/nologin`,
    '',
  ].join('\n'));
  putFile(root, 'etc/group', ['root:x:0:', 'nobody:x:65534:', 'tty:x:5:', 'staff:x:50:', `nonroot:x:${nonroot}:`, ''].join('\n'));
  putFile(root, 'etc/nsswitch.conf', 'hosts: files dns\n');
  rmSync(join(root, 'etc/os-release'), { force: true });
  putFile(root, 'usr/lib/os-release', [
    'PRETTY_NAME="Distroless"',
    'NAME="Debian GNU/Linux"',
    'ID="debian"',
    'VERSION_ID="13"',
    `VERSION="Debian GNU/Linux 13 (${suite})"`,
    '',
  ].join('\n'));
  symlinkSync('../usr/lib/os-release', join(root, 'etc/os-release'));
  putFolder(root, 'root', 0o700);
  putFolder(root, 'home/nonroot', 0o700);
  putFolder(root, 'tmp', 0o1777);
}

function addCaBundle(root: string, packages: string): void {
  withUnpacked(packages, 'ca-certificates', '--extract', (content) => {
    const folder = join(content, 'usr/share/ca-certificates/mozilla');
    const certificates = readdirSync(folder).sort().map((name) => readFileSync(join(folder, name), 'utf8'));
    putFile(root, 'etc/ssl/certs/ca-certificates.crt', certificates.join(''));
  });
}

function addLocale(root: string, packages: string): void {
  withUnpacked(packages, 'libc-bin', '--extract', (content) => {
    putFolder(root, 'usr/lib/locale');
    cpSync(join(content, 'usr/lib/locale/C.utf8'), join(root, 'usr/lib/locale/C.utf8'), { recursive: true });
  });
}

function withUnpacked(packages: string, name: string, part: '--extract' | '--control', use: (folder: string) => void): void {
  withTemporaryFolder((folder) => {
    runCommand('dpkg-deb', [part, debianPackageFile(packages, name), folder]);
    use(folder);
  });
}
