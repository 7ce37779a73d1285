import { Payment, payment } from './schema.js';
import type { Database } from '../database/database.js';

const columns = 'id, order_id, amount, currency, method, received_at';

export class PaymentRepository {
  constructor(private readonly database: Database) {}

  ofOrder(order: string): Promise<Payment[]> {
    return this.database.all(payment, `SELECT ${columns} FROM payments WHERE order_id = $1 ORDER BY received_at`, [order]);
  }

  async insert({ order_id, amount, currency, method }: Omit<Payment, 'id' | 'received_at'>, database = this.database): Promise<Payment> {
    const [inserted] = await database.all(payment,
      `INSERT INTO payments (order_id, amount, currency, method) VALUES ($1, $2, $3, $4) RETURNING ${columns}`,
      [order_id, amount, currency, method]);
    return inserted;
  }
}
