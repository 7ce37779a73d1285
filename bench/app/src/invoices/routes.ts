import { Router } from 'express';
import type { InvoiceService } from './service.js';
import { parseId } from '../http/parse.js';

export function invoiceRoutes(invoices: InvoiceService): Router {
  const routes = Router();
  routes.get('/of-order/:id', async (request, response) => {
    response.json(await invoices.get(parseId(request)));
  });
  routes.get('/of-order/:id/text', async (request, response) => {
    response.type('text/plain').send(await invoices.render(parseId(request)));
  });
  routes.post('/of-order/:id', async (request, response) => {
    response.status(201).json(await invoices.issue(parseId(request)));
  });
  return routes;
}
