/** Milliseconds by the name of what took them. */
export type Timings = Readonly<Record<string, number>>;

/** The milliseconds that an action takes. */
export async function measure(action: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

export function total(timings: Timings): number {
  return Object.values(timings).reduce((sum, milliseconds) => sum + milliseconds, 0);
}
