import { z } from 'zod';
import { cents, currency, id } from '../database/columns.js';

export const newProduct = z.object({
  sku: z.string().regex(/^[A-Z0-9-]{3,32}$/),
  title: z.string().trim().min(1).max(300),
  description: z.string().max(10_000).default(''),
  price: cents,
  currency,
  tags: z.array(z.string().min(1).max(40)).max(20).default([]),
});

export const productSearch = z.object({
  text: z.string().trim().min(2).max(100).optional(),
  tag: z.string().optional(),
  cheaperThan: z.coerce.number().int().positive().optional(),
});

export const product = z.object({
  id,
  sku: z.string(),
  title: z.string(),
  description: z.string(),
  price: cents,
  currency,
  tags: z.array(z.string()),
  retired: z.boolean(),
});

export type NewProduct = z.infer<typeof newProduct>;
export type ProductSearch = z.infer<typeof productSearch>;
export type Product = z.infer<typeof product>;
