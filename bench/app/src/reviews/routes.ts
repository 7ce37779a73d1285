import { Router } from 'express';
import { newReview } from './schema.js';
import type { ReviewService } from './service.js';
import { parsePage } from '../http/pagination.js';
import { parseBody, parseId } from '../http/parse.js';

export function reviewRoutes(reviews: ReviewService, pageSize: number): Router {
  const routes = Router();
  routes.get('/of-product/:id', async (request, response) => {
    response.json(await reviews.ofProduct(parseId(request), parsePage(request, pageSize)));
  });
  routes.post('/', async (request, response) => {
    response.status(201).json(await reviews.write(parseBody(newReview, request)));
  });
  return routes;
}
