import { Invoice, invoice } from './schema.js';
import type { Database } from '../database/database.js';

const columns = 'number, order_id, net, vat, currency, issued_at';

export class InvoiceRepository {
  constructor(private readonly database: Database) {}

  ofOrder(order: string): Promise<Invoice | undefined> {
    return this.database.first(invoice, `SELECT ${columns} FROM invoices WHERE order_id = $1`, [order]);
  }

  insert({ order_id, net, vat, currency }: Omit<Invoice, 'number' | 'issued_at'>): Promise<Invoice | undefined> {
    return this.database.first(invoice,
      `INSERT INTO invoices (order_id, net, vat, currency) VALUES ($1, $2, $3, $4) ON CONFLICT (order_id) DO NOTHING RETURNING ${columns}`,
      [order_id, net, vat, currency]);
  }
}
