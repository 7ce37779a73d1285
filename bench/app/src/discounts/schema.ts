import { z } from 'zod';
import { cents, timestamp } from '../database/columns.js';

const code = z.string().regex(/^[A-Z0-9]{4,20}$/);

const amount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), value: z.number().min(1).max(90) }),
  z.object({ kind: z.literal('fixed'), value: cents }),
]);

export const newDiscount = z.object({
  code,
  amount,
  minimum: cents.default(0),
  startsAt: timestamp,
  endsAt: timestamp,
}).refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ['endsAt'], error: 'a discount has to end after it starts' });

export const discount = z.object({ code, amount, minimum: cents, starts_at: timestamp, ends_at: timestamp, uses: z.coerce.number().int() });

export type NewDiscount = z.infer<typeof newDiscount>;
export type Discount = z.infer<typeof discount>;
