import { Router } from 'express';
import { customerChange, newCustomer } from './schema.js';
import type { CustomerService } from './service.js';
import { parsePage } from '../http/pagination.js';
import { parseBody, parseId } from '../http/parse.js';

export function customerRoutes(customers: CustomerService, pageSize: number): Router {
  const routes = Router();
  routes.get('/', async (request, response) => {
    response.json(await customers.list(parsePage(request, pageSize)));
  });
  routes.get('/:id', async (request, response) => {
    response.json(await customers.get(parseId(request)));
  });
  routes.post('/', async (request, response) => {
    const customer = await customers.register(parseBody(newCustomer, request));
    response.status(201).location(`/customers/${customer.id}`).json(customer);
  });
  routes.patch('/:id', async (request, response) => {
    response.json(await customers.change(parseId(request), parseBody(customerChange, request)));
  });
  routes.delete('/:id', async (request, response) => {
    await customers.remove(parseId(request));
    response.status(204).end();
  });
  return routes;
}
