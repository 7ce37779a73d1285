import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const checkout = git('rev-parse', '--show-toplevel').trim();
const files = git('ls-files', '-z', '--full-name', ':/').split('\0').filter((file) => file !== '' && existsSync(join(checkout, file)));

// Put together here, as this file is checked too.
const hosts = ['registry.npm' + 'js', 'registry.yarn' + 'pkg', 'deb.' + 'debian.org', 'security.' + 'debian.org', 'snapshot.' + 'debian.org'];
const folders = ['/wo' + 'rk/', '/ro' + 'ot/.'];

test.each(hosts)('no committed file names the host %s', (host) => {
  expect(filesWith(host)).toEqual([]);
});

test.each(folders)('no committed file names the folder %s of one machine', (folder) => {
  expect(filesWith(folder)).toEqual([]);
});

test('the lock file records no download addresses', () => {
  const { packages } = JSON.parse(read('package-lock.json'));
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(Object.keys(packages).filter((name) => 'resolved' in packages[name])).toEqual([]);
});

test('all jsii targets are configured', () => {
  expect(JSON.parse(read('package.json')).jsii.targets).toEqual({
    python: { distName: 'cdk-slim-node-image', module: 'cdk_slim_node_image' },
    java: {
      package: 'io.github.cdkslimnodeimage',
      maven: { groupId: 'io.github.cdk-slim-node-image', artifactId: 'cdk-slim-node-image' },
    },
    dotnet: { namespace: 'CdkSlimNodeImage', packageId: 'CdkSlimNodeImage' },
    go: { moduleName: 'github.com/cdk-slim-node-image/cdk-slim-node-image-go', packageName: 'cdkslimnodeimage' },
  });
});

test('.projenrc.ts has fewer than 100 lines', () => {
  expect(read('.projenrc.ts').split('\n').length).toBeLessThan(100);
});

function filesWith(text: string): string[] {
  expect(files).toContain('package.json');
  return files.filter((file) => read(file).includes(text));
}

function read(file: string): string {
  return readFileSync(join(checkout, file), 'utf8');
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: __dirname, encoding: 'utf8' });
}
