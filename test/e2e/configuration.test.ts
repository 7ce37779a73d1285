import { distroless } from './base-images';
import { InspectedImage, buildImage, builders, inspectImage } from './docker';
import { fixture } from './fixture-apps';
import { Container, PORT, runContainer } from './run-container';
import { SynthesizedImage, readPlan, synthImage } from './synth';

const texts: Readonly<Record<string, string>> = {
  EMPTY: '',
  VARIABLE: '$HOME',
  BRACED_VARIABLE: '${HOME}',
  VARIABLE_WITH_DEFAULT: '${X:-y}',
  VARIABLE_WITH_ALTERNATIVE: '${HOME:+y}',
  EARLIER_VARIABLE: '$EMPTY$VARIABLE',
  DOLLARS: '$ $$ $1 a$',
  COMMAND: '$(id) `id`',
  DOUBLE_QUOTES: 'a "b" "',
  SINGLE_QUOTES: "a 'b' '$HOME'",
  QUOTED: '"quoted"',
  BACKSLASHES: 'C:\\temp\\new \\\\host',
  BACKSLASH_AT_THE_END: 'a\\',
  ESCAPED_VARIABLE: '\\$HOME \\\\$HOME \\"',
  HASH: '# no comment # at all',
  SPACES: '  two before, two  between, two after  ',
  TABS: '\ta\tb\t',
  EQUALS: '=a=b==',
  OTHER_PAIRS: 'a NODE_ENV=test B="c"',
  JSON: '{"a":["b\\n",{"c":"$d"}]}',
  HEREDOC: '<<EOF',
  PERCENT: '%s %d 100%',
  UNICODE: 'Grüß Gott, 日本, 🚀, e\u0301, \u00a0\u2028\ufeff',
  LONG: 'x$'.repeat(20_000),
};
const labelKey = (name: string) => `org.example.${name.toLowerCase()}`;
const oddKey = ' a \'b\' "$HOME" # \\ü\t';
const nodeOptions = ['--max-old-space-size=256', '--title=a "b" $HOME'];

let image: SynthesizedImage;

beforeAll(async () => {
  image = await synthImage({
    entry: fixture('probe/index.js'),
    baseImage: await distroless(),
    environment: texts,
    labels: { ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [labelKey(name), text])), [oddKey]: 'odd' },
    nodeOptions,
    port: PORT,
  });
});

describe.each(builders)('built by $name', (builder) => {
  let inspected: InspectedImage;
  let container: Container;
  let environment: Readonly<Record<string, string>>;
  let process: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    const tag = await buildImage(image, builder);
    inspected = await inspectImage(tag);
    container = await runContainer(tag, { args: ['--read-only'] });
    environment = await container.probe('environment') as typeof environment;
    process = await container.probe('process') as typeof process;
  });

  test.each(Object.entries(texts))('the environment variable %s reaches the container unchanged', (name, text) => {
    expect(environment[name]).toBe(text);
  });

  test.each(Object.entries(texts))('the label %s reaches the image unchanged', (name, text) => {
    expect(inspected.Config.Labels[labelKey(name)]).toBe(text);
  });

  test('an odd key of a label reaches the image unchanged', () => {
    expect(inspected.Config.Labels[oddKey]).toBe('odd');
  });

  test('the environment has the port', () => {
    expect(environment.PORT).toBe(String(PORT));
  });

  test('the environment says that this is production', () => {
    expect(environment.NODE_ENV).toBe('production');
  });

  test('the image has the configuration of the plan', () => {
    const { Env, ExposedPorts, Volumes, ...config } = readPlan(image).config;
    expect(inspected.Config).toMatchObject(config);
  });

  test('the image has a volume at /tmp', () => {
    expect(Object.keys(inspected.Config.Volumes)).toEqual(['/tmp']);
  });

  test('the image documents the port', () => {
    expect(Object.keys(inspected.Config.ExposedPorts)).toEqual([`${PORT}/tcp`]);
  });

  test('the process is that of the nonroot user, without being told to', () => {
    expect(process.uid).toBe(65532);
  });

  test('the process starts in the folder of the app', () => {
    expect(process.directory).toBe('/app');
  });

  test('the process has the options of Node.js', () => {
    expect(process.options).toEqual(['--enable-source-maps', ...nodeOptions]);
  });
});
