import { ConflictError, NotFoundError } from '../http/errors.js';
import { percent } from '../money.js';
import { renderInvoice } from './render.js';
import type { InvoiceRepository } from './repository.js';
import type { Invoice } from './schema.js';
import type { OrderService } from '../orders/service.js';

export class InvoiceService {
  constructor(private readonly repository: InvoiceRepository, private readonly orders: OrderService, private readonly vatPercent: number) {}

  async issue(orderId: string): Promise<Invoice> {
    const { status, total, currency } = await this.orders.get(orderId);
    if (status === 'cancelled') throw new ConflictError(`order ${orderId} is cancelled`);
    const { cents: vat } = percent({ cents: total, currency }, (100 * this.vatPercent) / (100 + this.vatPercent));
    const issued = await this.repository.insert({ order_id: orderId, net: total - vat, vat, currency });
    return issued ?? this.get(orderId);
  }

  async get(orderId: string): Promise<Invoice> {
    const invoice = await this.repository.ofOrder(orderId);
    if (invoice === undefined) throw new NotFoundError('invoice for order', orderId);
    return invoice;
  }

  async render(orderId: string): Promise<string> {
    return renderInvoice(await this.get(orderId), await this.orders.get(orderId));
  }
}
