import { z } from 'zod';
import { orderStatus } from './status.js';
import { cents, currency, id, timestamp } from '../database/columns.js';

export const newOrder = z.object({
  customer: id,
  currency,
  discount: z.string().optional(),
  items: z.array(z.object({ product: id, quantity: z.number().int().min(1).max(999) })).min(1).max(100),
});

export const orderFilter = z.object({ customer: id.optional(), status: orderStatus.optional() });

export const order = z.object({
  id,
  customer_id: id,
  status: orderStatus,
  total: cents,
  currency,
  created_at: timestamp,
});

export const orderItem = z.object({ product_id: id, title: z.string(), quantity: z.coerce.number().int(), price: cents });

export type NewOrder = z.infer<typeof newOrder>;
export type OrderFilter = z.infer<typeof orderFilter>;
export type Order = z.infer<typeof order>;
export type OrderItem = z.infer<typeof orderItem>;
export type OrderWithItems = Order & { readonly items: readonly OrderItem[] };
