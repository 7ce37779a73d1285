import express, { type ErrorRequestHandler } from 'express';
import { Pool } from 'pg';
import { pino } from 'pino';
import { z } from 'zod';

const { PORT, LOG_LEVEL } = z.object({
  PORT: z.coerce.number().int().default(8080),
  LOG_LEVEL: z.string().default('info'),
}).parse(process.env);

const Order = z.object({
  product: z.string().min(1).max(100),
  quantity: z.number().int().positive(),
});

const log = pino({ level: LOG_LEVEL });

// Reads PGHOST, PGUSER, PGPASSWORD and the like, and connects with the first query.
const database = new Pool();
database.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'));

const app = express();
app.disable('x-powered-by');
app.use(express.json());

app.get('/', (_request, response) => {
  response.json({ message: 'hello from a slim image', node: process.version });
});

app.get('/healthz', (_request, response) => {
  response.json({ status: 'ok' });
});

app.post('/orders', async (request, response) => {
  const { product, quantity } = Order.parse(request.body);
  const { rows } = await database.query('INSERT INTO orders (product, quantity) VALUES ($1, $2) RETURNING id', [product, quantity]);
  response.status(201).json(rows[0]);
});

const handleError: ErrorRequestHandler = (error, request, response, next) => {
  if (response.headersSent) {
    next(error);
  } else if (error instanceof z.ZodError) {
    response.status(400).json({ issues: error.issues });
  } else {
    log.error({ err: error, method: request.method, path: request.path }, 'request failed');
    response.status(error.status ?? 500).json({ message: 'request failed' });
  }
};
app.use(handleError);

const server = app.listen(PORT, (error) => {
  if (error) throw error;
  log.info({ port: PORT }, 'listening');
});
// Longer than a load balancer keeps an idle connection: it must not send a request on one that is just being closed.
server.keepAliveTimeout = 65_000;

process.once('SIGTERM', () => {
  log.info('draining');
  // Requests in flight are answered, and their connections are not kept for another one.
  server.keepAliveTimeout = 1;
  server.close(() => void database.end());
});
