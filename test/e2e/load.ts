import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

/** Milliseconds. */
const SHORTEST = 50;
const LONGEST = 300;
const THINK_TIME = 5;

/** Clients that send one request after the other, each on a connection that it keeps. */
export class Load {
  /** How many requests were answered as they should be. */
  public answered = 0;
  /** What became of the others. */
  public readonly failures: string[] = [];

  private ended = false;
  private readonly clients: readonly Promise<void>[];

  constructor(private readonly url: string, clients: number) {
    this.clients = Array.from({ length: clients }, async (_, client) => this.run(client));
  }

  public get sent(): number {
    return this.answered + this.failures.length;
  }

  /** Waits until so many more requests were sent and answered, or failed. */
  public async more(requests: number): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (const goal = this.sent + requests; this.sent < goal; await setTimeout(20)) {
      if (Date.now() > deadline) {
        throw new Error(`the clients got to ${this.sent} of ${goal} requests within a minute`);
      }
    }
  }

  /** Sends no new request, and waits for the answers to those that were sent. */
  public async end(): Promise<void> {
    this.ended = true;
    await Promise.all(this.clients);
  }

  /** Sends a request that takes so long. */
  public async send(milliseconds: number, agent = new Agent()): Promise<void> {
    try {
      const { status, body } = await ask(`${this.url}/?ms=${milliseconds}`, agent);
      if (status === 200 && body === 'x') {
        this.answered++;
      } else {
        this.failures.push(`${status} ${body}`);
      }
    } catch (error) {
      this.failures.push(String(error));
    }
  }

  private async run(client: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let request = client; !this.ended; request++) {
      // The same mix in every run: a prime number steps through all times.
      await this.send(SHORTEST + request * 97 % (LONGEST - SHORTEST + 1), agent);
      await setTimeout(THINK_TIME);
    }
    agent.destroy();
  }
}

/** Sends one request, and no second one should it fail. */
async function ask(url: string, agent: Agent): Promise<{ readonly status?: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    }).on('error', reject);
  });
}
