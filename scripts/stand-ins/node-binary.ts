import { Platform } from './docker';
import { downloadNpmPackage } from './npm-package';

// Versions that npm has for every platform.
const versions: Readonly<Record<number, string>> = { 22: '22.23.3', 24: '24.21.0', 26: '26.10.0' };

const cpus: Readonly<Record<Platform, string>> = { 'linux/amd64': 'x64', 'linux/arm64': 'arm64' };

export function nodeVersion(major: number): string {
  const version = versions[major];
  if (version === undefined) throw new Error(`there is no stand-in for Node ${major}; expected one of ${Object.keys(versions).join(', ')}`);
  return version;
}

/** The folder with `bin/node`, `include/node` and `LICENSE` of a Node release. */
export function downloadNode(major: number, platform: Platform): string {
  return downloadNpmPackage(`node-linux-${cpus[platform]}`, nodeVersion(major));
}
