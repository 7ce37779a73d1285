import { format } from '../money.js';
import type { Invoice } from './schema.js';
import type { OrderWithItems } from '../orders/schema.js';

const width = 72;

/** An invoice as plain text, for a mail. */
export function renderInvoice(invoice: Invoice, order: OrderWithItems): string {
  const money = (cents: number) => format({ cents, currency: invoice.currency });
  const line = (left: string, right: string) => `${left.slice(0, width - right.length - 1).padEnd(width - right.length)}${right}`;
  return [
    line(`Invoice ${invoice.number}`, invoice.issued_at.toISOString().slice(0, 10)),
    '='.repeat(width),
    ...order.items.map(({ title, quantity, price }) => line(`${quantity} x ${title}`, money(quantity * price))),
    '-'.repeat(width),
    line('Net', money(invoice.net)),
    line('VAT', money(invoice.vat)),
    line('Total', money(invoice.net + invoice.vat)),
    '',
  ].join('\n');
}
