import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { IncomingMessage, Server, ServerResponse, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runCommand } from './run-command';

interface Packument {
  readonly versions: Readonly<Record<string, { readonly dist: { tarball: string } }>>;
}

/** What npm and pnpm ask for when they don't need a package's whole history. */
const abbreviated = 'application/vnd.npm.install-v1+json';

/**
 * A read-only cache of the npm registry on 127.0.0.1, so that downloads are warm alike for all ways, on the machine and in `docker build`.
 *
 * It takes from the registry that npm is configured with what it does not have in its folder yet.
 */
export class PackageCache {
  static async start(folder: string): Promise<PackageCache> {
    mkdirSync(folder, { recursive: true });
    const upstream = (await runCommand('npm', ['config', 'get', 'registry', '--silent'], { cwd: folder })).trim().split('\n').at(-1) ?? '';
    const cache = new PackageCache(folder, upstream.replace(/\/$/, ''));
    cache.server.listen(0, '127.0.0.1');
    await once(cache.server, 'listening');
    return cache;
  }

  private readonly server: Server;

  private constructor(private readonly folder: string, private readonly upstream: string) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  /** For `npm_config_registry`. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const path = request.url ?? '/';
      // Audits are posted; packages have no path that begins with '-'.
      if (request.method !== 'GET' || path.startsWith('/-/')) {
        response.writeHead(404).end();
        return;
      }
      const isTarball = path.endsWith('.tgz');
      const body = await this.load(path, isTarball ? '*/*' : abbreviated);
      response.setHeader('content-type', isTarball ? 'application/octet-stream' : abbreviated);
      response.end(isTarball ? body : this.withOwnTarballs(path, body));
    } catch (error) {
      response.writeHead(502).end(error instanceof Error ? error.message : String(error));
    }
  }

  private async load(path: string, accept: string): Promise<Buffer> {
    const file = join(this.folder, createHash('sha256').update(path).digest('hex'));
    if (existsSync(file)) return readFileSync(file);
    const answer = await fetch(this.upstream + path, { headers: { accept } });
    if (!answer.ok) throw new Error(`the npm registry answered ${answer.status} to ${path}`);
    const body = Buffer.from(await answer.arrayBuffer());
    // Two requests at the same time write the same bytes.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, body);
    renameSync(draft, file);
    return body;
  }

  private withOwnTarballs(path: string, body: Buffer): string {
    const packument = JSON.parse(body.toString()) as Packument;
    for (const { dist } of Object.values(packument.versions)) {
      dist.tarball = `${this.url}${decodeURIComponent(path.slice(1))}/-/${dist.tarball.split('/').at(-1)}`;
    }
    return JSON.stringify(packument);
  }
}
