import { once } from 'node:events';
import { Agent, IncomingMessage, Server, ServerResponse, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

/** Milliseconds between two health checks, and for the answer of one: 1/50 of `Rollout.fast()`'s. */
const INTERVAL = 100;
const UNHEALTHY_THRESHOLD = 2;

interface Target {
  readonly url: string;
  /** Connections are kept, as those of a load balancer are. */
  readonly agent: Agent;
}

/**
 * What an Application Load Balancer does to two targets, as far as it matters for a shutdown: it keeps its connections to them, never sends
 * a request twice, answers 502 when a target breaks off, and sends new requests to targets that are registered and healthy.
 */
export class LoadBalancer {
  public static async start(): Promise<LoadBalancer> {
    const loadBalancer = new LoadBalancer();
    loadBalancer.server.listen(0, '127.0.0.1');
    await once(loadBalancer.server, 'listening');
    return loadBalancer;
  }

  private readonly server: Server;
  private readonly targets: Target[] = [];
  private inUse: readonly Target[] = [];
  private next = 0;
  private stopped = false;

  private constructor() {
    this.server = createServer((request, response) => this.forward(request, response));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Sends new requests to all registered targets in turn. */
  public register(url: string): void {
    const target = { url, agent: new Agent({ keepAlive: true }) };
    this.targets.push(target);
    this.inUse = [...this.inUse, target];
  }

  /** Sends no new request to a target; those in flight go on. */
  public deregister(url: string): void {
    this.inUse = this.inUse.filter((target) => target.url !== url);
  }

  /** Asks a target for its health until that fails, and deregisters it then. */
  public async watch(url: string): Promise<void> {
    for (let failures = 0; !this.stopped && failures < UNHEALTHY_THRESHOLD; await setTimeout(INTERVAL)) {
      const healthy = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10 * INTERVAL) }).then(({ ok }) => ok, () => false);
      failures = healthy ? 0 : failures + 1;
    }
    this.deregister(url);
  }

  public stop(): void {
    this.stopped = true;
    this.server.close();
    this.server.closeAllConnections();
    this.targets.forEach(({ agent }) => agent.destroy());
  }

  private forward(request: IncomingMessage, response: ServerResponse): void {
    const target = this.inUse[this.next++ % this.inUse.length];
    get(`${target.url}${request.url}`, { agent: target.agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { 'content-length': answer.headers['content-length'] });
      // Breaks off what the target broke off.
      pipeline(answer, response, () => undefined);
    }).on('error', (error) => response.headersSent ? response.destroy() : response.writeHead(502).end(error.message));
  }
}
