import { z } from 'zod';

export const id = z.uuid();
export const cents = z.coerce.number().int().nonnegative();
export const timestamp = z.coerce.date();
export const currency = z.enum(['EUR', 'USD', 'GBP', 'JPY']);

export type Currency = z.infer<typeof currency>;

/** PostgreSQL sends a count as a bigint, which pg hands over as text. */
export const count = z.object({ count: z.coerce.number().int() });
