import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { HttpError } from './errors.js';

export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof HttpError) {
      response.status(error.status).json({ error: error.message, details: error.details });
      return;
    }
    logger.error({ err: error, method: request.method, path: request.path }, 'a request failed');
    response.status(500).json({ error: 'internal error' });
  };
}
