import { parseArgs } from 'node:util';

export interface CommandLine {
  /** Text of `--help`; it lists the options. */
  readonly usage: string;
  /** Default value of each option. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Makes the stand-in and returns its tag. */
  readonly make: (options: Readonly<Record<string, string>>) => string;
}

/** Runs a stand-in's file as a command: the tag goes to stdout, an error to stderr. */
export function runCommandLine({ usage, defaults, make }: CommandLine): void {
  try {
    const { values } = parseArgs({
      options: { help: { type: 'boolean' }, ...Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }])) },
    });
    const given = Object.entries(values).flatMap(([name, value]) => typeof value === 'string' ? [[name, value]] : []);
    const text = values.help === true ? usage : make({ ...defaults, ...Object.fromEntries(given) });
    process.stdout.write(`${text}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
