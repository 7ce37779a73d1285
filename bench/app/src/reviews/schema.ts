import { z } from 'zod';
import { id, timestamp } from '../database/columns.js';

export const newReview = z.object({
  customer: id,
  product: id,
  stars: z.number().int().min(1).max(5),
  text: z.string().trim().max(5_000).default(''),
});

export const review = z.object({ id, customer_id: id, product_id: id, stars: z.coerce.number().int(), text: z.string(), created_at: timestamp });

export const rating = z.object({ average: z.coerce.number().nullable(), count: z.coerce.number().int() });

export type NewReview = z.infer<typeof newReview>;
export type Review = z.infer<typeof review>;
export type Rating = z.infer<typeof rating>;
