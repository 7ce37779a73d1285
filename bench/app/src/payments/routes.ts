import { Router } from 'express';
import { newPayment } from './schema.js';
import type { PaymentService } from './service.js';
import { parseBody, parseId } from '../http/parse.js';

export function paymentRoutes(payments: PaymentService): Router {
  const routes = Router();
  routes.get('/of-order/:id', async (request, response) => {
    response.json(await payments.ofOrder(parseId(request)));
  });
  routes.post('/', async (request, response) => {
    response.status(201).json(await payments.receive(parseBody(newPayment, request)));
  });
  return routes;
}
