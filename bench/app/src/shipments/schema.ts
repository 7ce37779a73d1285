import { z } from 'zod';
import { id, timestamp } from '../database/columns.js';

export const newShipment = z.object({
  order: id,
  carrier: z.enum(['post', 'courier', 'freight']),
  address: z.object({
    lines: z.array(z.string().trim().min(1).max(100)).min(1).max(4),
    postalCode: z.string().max(12),
    city: z.string().trim().min(1).max(100),
    country: z.string().length(2),
  }),
});

export const trackingEvent = z.object({ code: z.string().max(20), place: z.string().max(100).optional(), at: timestamp });

export const shipment = z.object({ id, order_id: id, carrier: z.string(), tracking: z.string(), delivered_at: timestamp.nullable() });

export type NewShipment = z.infer<typeof newShipment>;
export type TrackingEvent = z.infer<typeof trackingEvent>;
export type Shipment = z.infer<typeof shipment>;
