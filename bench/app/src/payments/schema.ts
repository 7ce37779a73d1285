import { z } from 'zod';
import { isCardNumber } from './card-number.js';
import { cents, currency, id, timestamp } from '../database/columns.js';

const method = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('card'),
    cardNumber: z.string().regex(/^[0-9]{12,19}$/).refine(isCardNumber, 'not a card number'),
    expires: z.string().regex(/^(0[1-9]|1[0-2])\/[0-9]{2}$/),
  }),
  z.object({ type: z.literal('transfer'), iban: z.string().regex(/^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$/) }),
  z.object({ type: z.literal('voucher'), code: z.string().length(16) }),
]);

export const newPayment = z.object({ order: id, amount: cents, currency, method });

export const payment = z.object({ id, order_id: id, amount: cents, currency, method: z.string(), received_at: timestamp });

export type NewPayment = z.infer<typeof newPayment>;
export type Payment = z.infer<typeof payment>;
