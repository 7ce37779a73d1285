import { Platform } from './docker';
import { downloadNpmPackage } from './npm-package';

interface NodeRelease {
  /** A version that npm has for every platform. */
  readonly node: string;
  /** The version of npm that this version of Node comes with. */
  readonly npm: string;
}

const releases: Readonly<Record<number, NodeRelease>> = {
  22: { node: '22.23.3', npm: '10.9.9' },
  24: { node: '24.21.0', npm: '11.19.0' },
  26: { node: '26.10.0', npm: '11.19.1' },
};

const cpus: Readonly<Record<Platform, string>> = { 'linux/amd64': 'x64', 'linux/arm64': 'arm64' };

export function nodeRelease(major: number): NodeRelease {
  const release = releases[major];
  if (release === undefined) throw new Error(`there is no stand-in for Node ${major}; expected one of ${Object.keys(releases).join(', ')}`);
  return release;
}

/** The folder with `bin/node`, `include/node` and `LICENSE` of a Node release. */
export function downloadNode(major: number, platform: Platform): string {
  return downloadNpmPackage(`node-linux-${cpus[platform]}`, nodeRelease(major).node);
}
