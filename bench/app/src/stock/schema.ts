import { z } from 'zod';
import { id } from '../database/columns.js';

export const stockLevel = z.object({ product_id: id, available: z.coerce.number().int(), reserved: z.coerce.number().int() });

export const delivery = z.object({
  supplier: z.string().trim().min(1).max(200),
  items: z.array(z.object({ product: id, quantity: z.number().int().positive() })).min(1).max(1_000),
});

export type StockLevel = z.infer<typeof stockLevel>;
export type Delivery = z.infer<typeof delivery>;

export interface Quantity {
  readonly product: string;
  readonly quantity: number;
}
