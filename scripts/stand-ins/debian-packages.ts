import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder } from './cached-folder';
import { progress } from './progress';
import { runCommand } from './run-command';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

export interface DebianPackagesOptions {
  /** Codename of the Debian release, such as `trixie`. */
  readonly suite: string;
  /** Debian's name of the CPU architecture, such as `arm64`; it may differ from the machine's. */
  readonly architecture: string;
  readonly names: readonly string[];
}

/** Downloads Debian packages, without what they depend on, and returns the folder with their `NAME_VERSION_ARCHITECTURE.deb` files. */
export function downloadDebianPackages({ suite, architecture, names }: DebianPackagesOptions): string {
  const key = createHash('sha256').update(names.join()).digest('hex').slice(0, 8);
  return cachedFolder(`${suite}-${architecture}-${key}`, (folder) => {
    progress(`downloading from Debian ${suite} for ${architecture}: ${names.join(', ')}`);
    const state = join(folder, 'apt');
    const environment = { APT_CONFIG: writeAptState(state, suite, architecture) };
    runCommand('apt-get', ['--quiet=2', 'update'], { environment });
    runCommand('apt-get', ['--quiet=2', 'download', ...names], { environment, cwd: folder });
    rmSync(state, { recursive: true });
    names.forEach((name) => debianPackageFile(folder, name));
  });
}

/** The file of one package in a folder that `downloadDebianPackages` returned. */
export function debianPackageFile(folder: string, name: string): string {
  const file = readdirSync(folder).find((candidate) => candidate.startsWith(`${name}_`));
  if (file === undefined) throw new Error(`'${folder}' has no file of the Debian package '${name}'; remove that folder and try again`);
  return join(folder, file);
}

/** The mirror that this machine's own apt is set up with. */
export function debianMirror(): string {
  const repositories = runCommand('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']).split('\n');
  const mirror = repositories.find((uri) => /\/debian\/?$/.test(uri));
  if (mirror === undefined || !existsSync(keyring)) {
    const problem = mirror === undefined ? "found no Debian mirror in apt's configuration" : `found no file ${keyring}`;
    throw new Error(`${problem}; a stand-in is made of Debian packages: run this on Debian`);
  }
  return mirror;
}

/** apt with a state of its own: the machine's package lists and its dpkg architectures stay as they are. */
function writeAptState(folder: string, suite: string, architecture: string): string {
  const configuration = join(folder, 'apt.conf');
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  writeFileSync(join(folder, 'status'), '');
  writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${keyring}] ${debianMirror()} ${suite} main\n`);
  writeFileSync(configuration, [
    // How to reach the mirror is the machine's business. Its hooks are left out: they are about its own package lists.
    ...runCommand('apt-config', ['dump']).split('\n').filter((line) => line.startsWith('Acquire::')),
    'Dir::Etc::main "/dev/null";',
    'Dir::Etc::parts "/dev/null";',
    `Dir::Etc::sourcelist "${folder}/sources.list";`,
    'Dir::Etc::sourceparts "/dev/null";',
    `Dir::State "${folder}";`,
    `Dir::State::status "${folder}/status";`,
    `Dir::Cache "${folder}/cache";`,
    `APT::Architecture "${architecture}";`,
    `APT::Architectures { "${architecture}"; };`,
    // The user _apt may not look into the draft folder.
    'APT::Sandbox::User "root";',
    '',
  ].join('\n'));
  return configuration;
}
