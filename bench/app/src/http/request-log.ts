import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const id = request.get('x-request-id') ?? randomUUID();
    const started = performance.now();
    response.setHeader('x-request-id', id);
    response.once('finish', () => {
      const milliseconds = Math.round(performance.now() - started);
      logger.info({ id, method: request.method, path: request.originalUrl, status: response.statusCode, milliseconds }, 'request');
    });
    next();
  };
}
