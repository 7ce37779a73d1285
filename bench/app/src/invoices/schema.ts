import { z } from 'zod';
import { cents, currency, id, timestamp } from '../database/columns.js';

export const invoice = z.object({
  number: z.coerce.number().int(),
  order_id: id,
  net: cents,
  vat: cents,
  currency,
  issued_at: timestamp,
});

export type Invoice = z.infer<typeof invoice>;
