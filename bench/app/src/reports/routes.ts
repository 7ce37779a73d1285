import { Router } from 'express';
import { period } from './schema.js';
import type { ReportService } from './service.js';
import { parseQuery } from '../http/parse.js';

export function reportRoutes(reports: ReportService): Router {
  const routes = Router();
  routes.get('/revenue', async (request, response) => {
    response.json(await reports.revenue(parseQuery(period, request)));
  });
  routes.get('/revenue.csv', async (request, response) => {
    response.type('text/csv').send(await reports.revenueCsv(parseQuery(period, request)));
  });
  routes.get('/bestsellers', async (request, response) => {
    response.json(await reports.bestsellers(parseQuery(period, request)));
  });
  return routes;
}
