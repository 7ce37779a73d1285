import { Router } from 'express';
import { z } from 'zod';
import type { Database } from '../database/database.js';
import { release } from '../release.js';

export function healthRoutes(database: Database): Router {
  const routes = Router();
  routes.get('/', (_request, response) => {
    response.json({ status: 'ok', release, uptime: process.uptime() });
  });
  routes.get('/database', async (_request, response) => {
    const started = performance.now();
    await database.first(z.object({ one: z.literal(1) }), 'SELECT 1 AS one');
    response.json({ status: 'ok', milliseconds: performance.now() - started });
  });
  return routes;
}
