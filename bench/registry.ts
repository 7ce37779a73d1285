import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from './free-port';

interface Blob {
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

/** A manifest as the registry has it. */
export interface Manifest {
  readonly digest: string;
  readonly config: Blob;
  /** The sizes are those of the compressed layers. */
  readonly layers: readonly Blob[];
  /** What made each of the layers, where the builder of the image tells. */
  readonly instructions: readonly (string | undefined)[];
}

interface ImageConfig {
  readonly history: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[];
}

/** A registry on 127.0.0.1 that keeps its blobs in a folder. */
export class Registry {
  /** Starts Debian's `docker-registry` in an empty folder. */
  static async start(folder: string): Promise<Registry> {
    const host = `127.0.0.1:${await freePort()}`;
    const configuration = join(folder, 'config.json');
    // YAML is a superset of JSON.
    writeFileSync(configuration, JSON.stringify({
      version: 0.1,
      log: { level: 'error', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(folder, 'storage') } },
      http: { addr: host },
    }));
    const child = spawn('docker-registry', ['serve', configuration], { stdio: 'ignore' });
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (status, signal) => resolve(`it ended with ${status ?? signal}`));
    });
    const registry = new Registry(host, join(folder, 'storage/docker/registry/v2/blobs/sha256'), async () => {
      if (child.exitCode === null && child.signalCode === null && child.kill()) await once(child, 'exit');
    });
    const failure = await Promise.race([registry.answers(), ended]);
    if (failure !== undefined) throw new Error(`'docker-registry' could not be started: ${failure}; install it (apt-get install docker-registry)`);
    return registry;
  }

  private constructor(readonly host: string, private readonly blobFolder: string, readonly stop: () => Promise<void>) {}

  /** All blobs, manifests among them: bytes by digest. */
  blobs(): Map<string, number> {
    const list = (folder: string) => existsSync(folder) ? readdirSync(folder) : [];
    return new Map(list(this.blobFolder).flatMap((prefix) => list(join(this.blobFolder, prefix)).map((hash): [string, number] =>
      [`sha256:${hash}`, statSync(join(this.blobFolder, prefix, hash, 'data')).size])));
  }

  async manifest(repository: string, tag: string): Promise<Manifest> {
    const response = await this.get(`${repository}/manifests/${tag}`);
    const manifest = await response.json() as Omit<Manifest, 'digest' | 'instructions'>;
    const { history } = await (await this.get(`${repository}/blobs/${manifest.config.digest}`)).json() as ImageConfig;
    const instructions = history.filter(({ empty_layer: isEmpty }) => isEmpty !== true).map(({ created_by: instruction = '' }) => instruction);
    return { ...manifest, digest: response.headers.get('docker-content-digest') ?? '', instructions };
  }

  private async get(path: string): Promise<Response> {
    const accept = ['application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.oci.image.manifest.v1+json', '*/*'];
    const response = await fetch(`http://${this.host}/v2/${path}`, { headers: { accept: accept.join() } });
    if (!response.ok) throw new Error(`the registry answered ${response.status} to ${path}`);
    return response;
  }

  private async answers(): Promise<string | undefined> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const response = await fetch(`http://${this.host}/v2/`).catch(() => undefined);
      if (response?.ok) return undefined;
      await setTimeout(50);
    }
    return 'it did not answer within 10 seconds';
  }
}
