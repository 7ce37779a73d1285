import { Logger, pino } from 'pino';
import type { Config } from './config.js';

export function createLogger({ LOG_LEVEL, NODE_ENV }: Config): Logger {
  return pino({
    level: LOG_LEVEL,
    base: { service: 'shop-backend', environment: NODE_ENV },
    redact: ['request.headers.authorization', 'request.headers.cookie', '*.cardNumber'],
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}
