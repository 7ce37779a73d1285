import type { Request } from 'express';
import { z } from 'zod';
import { parseQuery } from './parse.js';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export function parsePage(request: Request, pageSize: number): Page {
  const { page, size } = parseQuery(z.object({
    page: z.coerce.number().int().min(1).default(1),
    size: z.coerce.number().int().min(1).max(500).default(pageSize),
  }), request);
  return { limit: size, offset: (page - 1) * size };
}
