import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { downloadNpmPackage } from '../../../scripts/stand-ins/npm-package';

/** An object in the kernel, as its answers name it and as its requests take it. */
export interface Reference {
  readonly '$jsii.byref': string;
}

interface Answer {
  readonly hello?: string;
  readonly ok?: { readonly result?: unknown; readonly value?: unknown };
  readonly error?: string;
}

export interface KernelOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The process that runs constructs for Python, Java, C# and Go: a request in a line of JSON, an answer in the next. */
export class JsiiKernel {
  static async start({ cwd, environment }: KernelOptions): Promise<JsiiKernel> {
    // The packages for those languages bring this very file.
    const file = path.join(downloadNpmPackage('@jsii/runtime', '1.140.0'), 'webpack/bin/jsii-runtime.js');
    const kernel = new JsiiKernel(spawn(process.execPath, [file], { cwd, env: { ...process.env, ...environment } }));
    await kernel.answer();
    return kernel;
  }

  private readonly lines: AsyncIterator<string>;
  private printed = '';

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    child.stderr.on('data', (chunk: Buffer) => { this.printed += chunk.toString(); });
  }

  /** What the user sees: on stderr, in lines of JSON with base64 in them. */
  get stderr(): string {
    return this.printed.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as { readonly stderr?: string; readonly stdout?: string })
      .map(({ stderr = '', stdout = '' }) => Buffer.from(stderr + stdout, 'base64').toString()).join('');
  }

  async load({ name, version, tarball }: { readonly name: string; readonly version: string; readonly tarball: string }): Promise<void> {
    await this.request({ api: 'load', name, version, tarball });
  }

  async create(fqn: string, ...args: readonly unknown[]): Promise<Reference> {
    return this.request({ api: 'create', fqn, args }) as Promise<Reference & Answer['ok']>;
  }

  async get(object: Reference, property: string): Promise<unknown> {
    return (await this.request({ api: 'get', objref: object, property }))?.value;
  }

  async invoke(object: Reference, method: string, ...args: readonly unknown[]): Promise<unknown> {
    return (await this.request({ api: 'invoke', objref: object, method, args }))?.result;
  }

  /** Ends the process, and waits until all that it printed was read. */
  async stop(): Promise<void> {
    this.child.stdin.end(`${JSON.stringify({ exit: 0 })}\n`);
    await once(this.child, 'close');
  }

  private async request(request: object): Promise<Answer['ok']> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    return (await this.answer()).ok;
  }

  private async answer(): Promise<Answer> {
    const { value } = await this.lines.next();
    if (value === undefined) {
      throw new Error(`the jsii kernel ended: ${this.printed}`);
    }
    const answer: Answer = JSON.parse(value);
    if (answer.error !== undefined) {
      throw new Error(answer.error);
    }
    return answer;
  }
}
