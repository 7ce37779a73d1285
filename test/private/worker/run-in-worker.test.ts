import * as path from 'node:path';
import { runInWorker } from '../../../src/private/worker/run-in-worker';
import { project } from '../../project';

const task = (source: string) => path.join(project({ 'task.js': source }), 'task.js');

test('each call gets its own reply, as fast as they may follow each other', () => {
  const echo = task('exports.default = async (input) => input;');
  const wrong = Array.from({ length: 20_000 }, (_, input) => input).filter((input) => runInWorker<number>(echo, input, 'echo') !== input);
  expect(wrong).toEqual([]);
});

test('a task that fails does so with its message', () => {
  expect(() => runInWorker(task("exports.default = async () => { throw new Error('no luck'); };"), 1, 'failing')).toThrow('no luck');
});

test('the call after one that ended the thread works', () => {
  expect(() => runInWorker(task('exports.default = async () => process.exit(3);'), 1, 'ending')).toThrow('the worker thread was ended with exit code 3');
  expect(runInWorker(task('exports.default = async (input) => input;'), 2, 'echo')).toBe(2);
});
