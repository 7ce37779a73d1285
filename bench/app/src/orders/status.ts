import { z } from 'zod';

export const orderStatus = z.enum(['placed', 'paid', 'shipped', 'delivered', 'cancelled']);

export type OrderStatus = z.infer<typeof orderStatus>;

const next: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  placed: ['paid', 'cancelled'],
  paid: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

export function canBecome(from: OrderStatus, to: OrderStatus): boolean {
  return next[from].includes(to);
}
