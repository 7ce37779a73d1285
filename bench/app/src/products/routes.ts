import { Router } from 'express';
import { z } from 'zod';
import { newProduct, productSearch } from './schema.js';
import type { ProductService } from './service.js';
import { cents } from '../database/columns.js';
import { parsePage } from '../http/pagination.js';
import { parseBody, parseId, parseQuery } from '../http/parse.js';

export function productRoutes(products: ProductService, pageSize: number): Router {
  const routes = Router();
  routes.get('/', async (request, response) => {
    response.json(await products.search(parseQuery(productSearch, request), parsePage(request, pageSize)));
  });
  routes.get('/:id', async (request, response) => {
    response.json(await products.get(parseId(request)));
  });
  routes.post('/', async (request, response) => {
    const product = await products.add(parseBody(newProduct, request));
    response.status(201).location(`/products/${product.id}`).json(product);
  });
  routes.put('/:id/price', async (request, response) => {
    const { price } = parseBody(z.object({ price: cents }), request);
    response.json(await products.reprice(parseId(request), price));
  });
  routes.delete('/:id', async (request, response) => {
    await products.retire(parseId(request));
    response.status(204).end();
  });
  return routes;
}
