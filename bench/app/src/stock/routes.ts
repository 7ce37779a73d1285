import { Router } from 'express';
import { z } from 'zod';
import { delivery } from './schema.js';
import type { StockService } from './service.js';
import { parseBody, parseId, parseQuery } from '../http/parse.js';

const lowStock = z.object({ below: z.coerce.number().int().positive().default(10) });

export function stockRoutes(stock: StockService): Router {
  const routes = Router();
  routes.get('/low', async (request, response) => {
    response.json(await stock.low(parseQuery(lowStock, request).below));
  });
  routes.get('/:id', async (request, response) => {
    response.json(await stock.level(parseId(request)));
  });
  routes.post('/deliveries', async (request, response) => {
    await stock.receive(parseBody(delivery, request));
    response.status(204).end();
  });
  return routes;
}
