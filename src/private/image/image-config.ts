import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { quoted } from './dockerfile';
import { APP_DIRECTORY, ImageConfig, TEMPORARY_DIRECTORY } from './image-plan';
import type { BaseImageConfig } from '../../base-image';
import { misuse } from '../misuse';

export interface ImageConfigInput {
  readonly environment?: { readonly [name: string]: string };
  readonly labels?: { readonly [key: string]: string };
  readonly nodeOptions?: readonly string[];
  readonly port?: number;
}

/** Bytes. BuildKit and the classic builder refuse longer ones. */
const LONGEST_DOCKERFILE_LINE = 65_535;

/**
 * Checks what is asked for and describes it as an image's configuration, but for the command: that is known after bundling.
 */
export function imageConfig(scope: Construct, base: BaseImageConfig, input: ImageConfigInput): Omit<ImageConfig, 'Cmd'> {
  const { environment = {}, labels = {}, nodeOptions = [], port } = input;
  for (const [name, value] of Object.entries(environment)) {
    checkEnvironmentVariable(scope, name, value);
  }
  for (const [key, value] of Object.entries(labels)) {
    if (key === '') {
      throw misuse(scope, `a label with the value ${JSON.stringify(value)} has no key; name it, such as 'org.opencontainers.image.source'`);
    }
    if (key.includes('=')) {
      throw misuse(scope, `the key of label ${JSON.stringify(key)} contains '=', where a Dockerfile ends it, in quotes, too; rename it`);
    }
    checkText(scope, `the key of label ${JSON.stringify(key)}`, key, "rename it, such as to 'org.opencontainers.image.source'");
    checkText(scope, `label '${key}'`, value, 'make it one line');
    checkLine(scope, `label '${key}'`, `LABEL ${quoted(key)}=${quoted(value)}`, 'shorten it');
  }
  nodeOptions.forEach((option) => checkNodeOption(scope, option));
  if (port !== undefined && (Token.isUnresolved(port) || !Number.isInteger(port) || port < 1 || port > 65_535)) {
    throw misuse(scope, `'port' is ${Token.isUnresolved(port) ? 'a token' : port}; expected the port that the app listens on, a whole number from 1 to 65535`);
  }

  // What the user sets comes last and wins.
  const variables = { NODE_ENV: 'production', ...(port === undefined ? {} : { PORT: String(port) }), ...environment };
  return {
    Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    Labels: labels,
    ExposedPorts: port === undefined ? [] : [`${port}/tcp`],
    User: base.user,
    // Without it, ECS mounts a volume there that belongs to root and that nobody else can write to.
    // Source: "Use bind mounts with Amazon ECS", Amazon ECS Developer Guide.
    Volumes: [TEMPORARY_DIRECTORY],
    WorkingDir: APP_DIRECTORY,
    Entrypoint: [base.nodePath, '--enable-source-maps', ...nodeOptions],
  };
}

function checkEnvironmentVariable(scope: Construct, name: string, value: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw misuse(scope, `environment variable ${JSON.stringify(name)} is not a valid name; expected letters, digits and '_', not beginning with a digit`);
  }
  if (Token.isUnresolved(value)) {
    throw misuse(scope, `environment variable ${name} is a token, which has no value until deployment; `
      + "set it in the task definition instead: 'environment' of addToTaskDefinition()");
  }
  const elsewhere = "a Dockerfile can't hold it: set it in the task definition ('environment' of addToTaskDefinition())";
  checkText(scope, `environment variable ${name}`, value,
    `${elsewhere}, or encode it`);
  checkLine(scope, `environment variable ${name}`, `ENV ${name}=${quoted(value)}`, elsewhere);
}

function checkLine(scope: Construct, what: string, line: string, fix: string): void {
  const length = Buffer.byteLength(line);
  if (length > LONGEST_DOCKERFILE_LINE) {
    throw misuse(scope, `${what} takes a line of ${length} bytes in a Dockerfile, which has ${LONGEST_DOCKERFILE_LINE} at most; ${fix}`);
  }
}

/** Refuses what would not reach the container unchanged. */
function checkText(scope: Construct, what: string, text: string, fix: string): void {
  if (typeof text !== 'string') {
    throw misuse(scope, `${what} is ${JSON.stringify(text)}; expected a string`);
  }
  if (Token.isUnresolved(text)) {
    throw misuse(scope, `${what} is a token, which has no value until deployment; expected text that is known at synth`);
  }
  // A lone surrogate has no UTF-8 form.
  const invalid = /[^\P{Cc}\t]|\p{Cs}/u.exec(text)?.[0];
  if (invalid !== undefined) {
    throw misuse(scope, `${what} contains ${invalid === '\n' ? 'a newline' : `the control character ${JSON.stringify(invalid)}`}; ${fix}`);
  }
}

function checkNodeOption(scope: Construct, option: string): void {
  if (Token.isUnresolved(option) || !/^--?[A-Za-z][^\p{Cc}]*$/u.test(option)) {
    throw misuse(scope, `'nodeOptions' contains ${JSON.stringify(option)}; expected options of Node.js that each begin with '-', such as '--max-old-space-size=512'`);
  }
}
