import { z } from 'zod';
import { id, timestamp } from '../database/columns.js';

export const newCustomer = z.object({
  email: z.email().max(254).toLowerCase(),
  name: z.string().trim().min(1).max(200),
  country: z.string().length(2).toUpperCase(),
  phone: z.string().regex(/^\+[0-9]{6,15}$/).optional(),
});

export const customerChange = newCustomer.partial().refine((change) => Object.keys(change).length > 0, 'nothing to change');

export const customer = z.object({
  id,
  email: z.string(),
  name: z.string(),
  country: z.string(),
  phone: z.string().nullable(),
  created_at: timestamp,
});

export type NewCustomer = z.infer<typeof newCustomer>;
export type CustomerChange = z.infer<typeof customerChange>;
export type Customer = z.infer<typeof customer>;
