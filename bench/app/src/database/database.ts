import type pg from 'pg';
import type { z } from 'zod';

export type Queryable = Pick<pg.Pool, 'query'>;

/** Runs SQL and checks what comes back. */
export class Database {
  constructor(private readonly connection: Queryable & Partial<Pick<pg.Pool, 'connect'>>) {}

  async all<Row extends z.ZodType>(row: Row, sql: string, values: unknown[] = []): Promise<z.infer<Row>[]> {
    const result = await this.connection.query(sql, values);
    return result.rows.map((found) => row.parse(found));
  }

  async first<Row extends z.ZodType>(row: Row, sql: string, values: unknown[] = []): Promise<z.infer<Row> | undefined> {
    return (await this.all(row, sql, values))[0];
  }

  async run(sql: string, values: unknown[] = []): Promise<number> {
    return (await this.connection.query(sql, values)).rowCount ?? 0;
  }

  /** Commits what `work` does with the database it gets, or rolls it back when it throws. */
  async transaction<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    if (this.connection.connect === undefined) return work(this);
    const client = await this.connection.connect();
    try {
      await client.query('BEGIN');
      const result = await work(new Database({ query: client.query.bind(client) as Queryable['query'] }));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }
}
