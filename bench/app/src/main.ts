import { once } from 'node:events';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { createPool } from './database/pool.js';
import { createLogger } from './logger.js';
import { release } from './release.js';

const config = readConfig(process.env);
const logger = createLogger(config);
const pool = createPool(config, logger);
const server = createApp({ config, logger, pool }).listen(config.PORT);

server.once('listening', () => logger.info({ port: config.PORT, release }, 'listening'));
server.once('error', (error) => {
  logger.fatal({ err: error }, 'the server could not start');
  process.exitCode = 1;
});

async function stop(signal: NodeJS.Signals): Promise<void> {
  logger.info({ signal }, 'stopping');
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
  await pool.end();
}

process.once('SIGTERM', (signal) => void stop(signal));
process.once('SIGINT', (signal) => void stop(signal));
