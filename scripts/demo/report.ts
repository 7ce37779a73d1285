const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, minimumSignificantDigits: 3, useGrouping: false });

/** Says what is going on while it does, and how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  process.stdout.write(`${what} ... `);
  const start = performance.now();
  try {
    const result = await work();
    process.stdout.write(`${seconds(performance.now() - start)}\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}

/** Prints a heading with what belongs to it. */
export function section(heading: string, lines: readonly string[]): void {
  paragraph([heading, ...lines.map((line) => `  ${line}`)].join('\n'));
}

export function paragraph(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** The lines of a table; the columns whose numbers are given are aligned to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const cell = (text: string, column: number) => right.includes(column) ? text.padStart(widths[column]) : text.padEnd(widths[column]);
  return rows.map((row) => row.map(cell).join('  ').trimEnd());
}

/** Bytes as kB or MB, which are 10^3 and 10^6 of them. */
export function bytes(count: number): string {
  return count < 1e6 ? `${significant.format(count / 1e3)} kB` : `${significant.format(count / 1e6)} MB`;
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
