import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFolder } from './cached-folder';
import { progress } from './progress';
import { runCommand } from './run-command';

/** Downloads one npm package, without what it depends on, and returns the folder with its content. */
export function downloadNpmPackage(name: string, version: string): string {
  return cachedFolder(`npm-${name.replace('/', '+')}-${version}`, (folder) => {
    progress(`downloading ${name}@${version}`);
    // The scope of the command is the draft folder, not the package whose scripts may have started us.
    const environment = { npm_config_local_prefix: folder };
    const tarball = runCommand('npm', ['pack', '--silent', `${name}@${version}`], { cwd: folder, environment }).trim();
    runCommand('tar', ['--extract', '--gzip', '--strip-components=1', `--file=${tarball}`], { cwd: folder });
    rmSync(join(folder, tarball));
    // A tarball of npm has no folders: tar makes them with the umask.
    runCommand('chmod', ['--recursive', 'u=rwX,go=rX', folder]);
  });
}
