import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { SlimNodeImage, SlimNodeImageProps } from '../src';

const folders: string[] = [];

/** An empty folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'slim-node-image-test-')));
  folders.push(folder);
  return folder;
}

/** A project with these files, by their path in it. */
export function project(files: { readonly [file: string]: string }): string {
  const folder = temporaryFolder();
  for (const [file, content] of Object.entries(files)) {
    write(path.join(folder, file), content);
  }
  return folder;
}

export function write(file: string, content: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

export function newStack(context?: { readonly [key: string]: unknown }): Stack {
  return new Stack(new App({ outdir: temporaryFolder(), context }), 'Stack');
}

/** A bundled image with the id Backend in a stack of its own. */
export function newImage(props: SlimNodeImageProps, stack = newStack()): SlimNodeImage {
  const image = new SlimNodeImage(stack, 'Backend', props);
  expect(image.asset).toBeDefined();
  return image;
}

/** An image of a project that consists of its entry. */
export function imageOf(source: string, props: Partial<SlimNodeImageProps> = {}, file = 'index.ts'): SlimNodeImage {
  return newImage({ entry: path.join(project({ [file]: source }), file), ...props });
}

export function dockerfile(image: SlimNodeImage): string {
  return fs.readFileSync(path.join(image.contextDirectory, 'Dockerfile'), 'utf8');
}

afterAll(() => folders.splice(0).forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));
