import pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config.js';

/** Connects when the first query comes, so that the service starts without a database. */
export function createPool({ DATABASE_URL, DATABASE_POOL_SIZE }: Config, logger: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL_SIZE,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 2_000,
    application_name: 'shop-backend',
  });
  pool.on('error', (error) => logger.error({ err: error }, 'an idle connection failed'));
  return pool;
}
