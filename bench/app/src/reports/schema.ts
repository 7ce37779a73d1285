import { z } from 'zod';
import { cents, currency, id } from '../database/columns.js';

export const period = z.object({ from: z.coerce.date(), to: z.coerce.date() })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'a period has to end after it starts' });

export const revenue = z.object({ day: z.coerce.date(), currency, orders: z.coerce.number().int(), total: cents });

export const bestseller = z.object({ product_id: id, title: z.string(), sold: z.coerce.number().int() });

export type Period = z.infer<typeof period>;
export type Revenue = z.infer<typeof revenue>;
export type Bestseller = z.infer<typeof bestseller>;
