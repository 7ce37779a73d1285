import { Router } from 'express';
import { newOrder, orderFilter } from './schema.js';
import type { OrderService } from './service.js';
import { parsePage } from '../http/pagination.js';
import { parseBody, parseId, parseQuery } from '../http/parse.js';

export function orderRoutes(orders: OrderService, pageSize: number): Router {
  const routes = Router();
  routes.get('/', async (request, response) => {
    response.json(await orders.list(parseQuery(orderFilter, request), parsePage(request, pageSize)));
  });
  routes.get('/:id', async (request, response) => {
    response.json(await orders.get(parseId(request)));
  });
  routes.post('/', async (request, response) => {
    const order = await orders.place(parseBody(newOrder, request));
    response.status(201).location(`/orders/${order.id}`).json(order);
  });
  routes.post('/:id/cancellation', async (request, response) => {
    response.json(await orders.cancel(parseId(request)));
  });
  return routes;
}
