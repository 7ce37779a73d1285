import { Router } from 'express';
import { newDiscount } from './schema.js';
import type { DiscountService } from './service.js';
import { parseBody } from '../http/parse.js';

export function discountRoutes(discounts: DiscountService): Router {
  const routes = Router();
  routes.get('/', async (_request, response) => {
    response.json(await discounts.active());
  });
  routes.post('/', async (request, response) => {
    response.status(201).json(await discounts.add(parseBody(newDiscount, request)));
  });
  return routes;
}
