import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { Docker } from './docker';
import { step } from './report';
import { CommandError } from './run-command';

/** The default of SlimNodeImage for the example. */
const distroless = 'gcr.io/distroless/nodejs24-debian13:nonroot';

/** What `npx projen stand-in` makes. */
const standIn = 'slim-node-image/distroless-nodejs24-debian13:nonroot';

const platform = 'linux/amd64';

/** Seconds. A registry that can't be reached may also just not answer; a download on a slow network is silent for a while. */
const deadline = { firstAnswer: 30, nextAnswer: 300 };

export interface DemoBaseImage {
  readonly reference: string;
  /** Whether it is the one that the example has by itself. */
  readonly isDefault: boolean;
  /** Absolute path of Node.js in it; where distroless has it if undefined. */
  readonly nodePath?: string;
  /** Why it is this one. */
  readonly reason: string;
  /** What is in the way of building with it, and what to do. */
  readonly problem?: string;
}

/** Decides which base image the demo uses, and makes sure that Docker, where there is one, has it. */
export async function chooseBaseImage(docker: Docker | undefined, signal: AbortSignal): Promise<DemoBaseImage> {
  const { SLIM_NODE_BASE_IMAGE: given, SLIM_NODE_BASE_NODE_PATH: nodePath } = process.env;
  const base = given
    ? { reference: given, isDefault: false, nodePath, reason: 'set by SLIM_NODE_BASE_IMAGE' }
    : { reference: distroless, isDefault: true, reason: 'the default for Node.js 24' };
  if (docker === undefined || await docker.hasImage(base.reference, platform)) return base;

  const failure = await pull(docker, base.reference, signal);
  if (failure === undefined) return base;
  if (base.isDefault && await docker.hasImage(standIn, platform)) {
    const reason = `a local stand-in (npx projen stand-in), because ${distroless} could not be pulled: ${failure}`;
    return { reference: standIn, isDefault: false, reason };
  }
  return { ...base, problem: `the base image ${base.reference} could not be pulled: ${failure}\n\n${remedy(base.isDefault)}` };
}

function remedy(isDefault: boolean): string {
  const another = [
    '  SLIM_NODE_BASE_IMAGE=<reference> npx projen demo',
    '    uses another image with Node.js 24 in it; SLIM_NODE_BASE_NODE_PATH says where, if not at /nodejs/bin/node',
  ];
  const assembled = [
    '  npx projen stand-in && npx projen demo',
    "    uses an image of the same layout, assembled on this machine from Debian's packages and npm's Node.js binary",
  ];
  const next = isDefault && existsSync('/etc/debian_version') ? [...assembled, 'or', ...another] : another;
  return ['Run next:', ...next].join('\n');
}

/** Pulls an image, unless its registry does not answer. Returns why it could not be pulled. */
async function pull(docker: Docker, reference: string, signal: AbortSignal): Promise<string | undefined> {
  const silence = new AbortController();
  const expectAnswerWithin = (seconds: number) => setTimeout(() => silence.abort(new CommandError(`no answer within ${seconds} s`)), seconds * 1000);
  let timer = expectAnswerWithin(deadline.firstAnswer);
  const watch = async (output: Readable) => {
    for await (const _line of createInterface({ input: output })) {
      clearTimeout(timer);
      timer = expectAnswerWithin(deadline.nextAnswer);
    }
  };
  try {
    await step(`Pulling ${reference}`, async () => docker.pull(reference, platform, watch, AbortSignal.any([signal, silence.signal])));
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return error.message.split('\n').at(-1)?.replace(/^Error response from daemon: /, '');
  } finally {
    clearTimeout(timer);
  }
}
