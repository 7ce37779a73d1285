/** Tells what is going on, on stderr: stdout is for the tag. */
export function progress(message: string): void {
  process.stderr.write(`${message}\n`);
}
