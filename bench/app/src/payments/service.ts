import type { Database } from '../database/database.js';
import { HttpError } from '../http/errors.js';
import { format, sum } from '../money.js';
import { maskCardNumber } from './card-number.js';
import type { PaymentRepository } from './repository.js';
import type { NewPayment, Payment } from './schema.js';
import type { OrderService } from '../orders/service.js';

export class PaymentService {
  constructor(private readonly database: Database, private readonly repository: PaymentRepository, private readonly orders: OrderService) {}

  ofOrder(order: string): Promise<Payment[]> {
    return this.repository.ofOrder(order);
  }

  async receive({ order: id, amount, currency, method }: NewPayment): Promise<Payment> {
    const order = await this.orders.get(id);
    if (order.currency !== currency) throw new HttpError(422, `order ${id} is in ${order.currency}`);
    const paid = sum((await this.repository.ofOrder(id)).map((payment) => ({ cents: payment.amount, currency: payment.currency })), currency);
    const open = order.total - paid.cents;
    if (amount > open) throw new HttpError(422, `only ${format({ cents: open, currency })} are still to be paid`);

    return this.database.transaction(async (transaction) => {
      const payment = await this.repository.insert({ order_id: id, amount, currency, method: describe(method) }, transaction);
      if (amount === open) await this.orders.become(id, 'paid', transaction);
      return payment;
    });
  }
}

function describe(method: NewPayment['method']): string {
  switch (method.type) {
    case 'card':
      return `card ${maskCardNumber(method.cardNumber)}`;
    case 'transfer':
      return `transfer from ${method.iban.slice(0, 4)}`;
    case 'voucher':
      return 'voucher';
  }
}
