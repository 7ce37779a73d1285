import { toCsv } from './csv.js';
import { Bestseller, Period, Revenue, bestseller, revenue } from './schema.js';
import type { Database } from '../database/database.js';

export class ReportService {
  constructor(private readonly database: Database) {}

  revenue({ from, to }: Period): Promise<Revenue[]> {
    return this.database.all(revenue,
      `SELECT date_trunc('day', created_at) AS day, currency, count(*) AS orders, sum(total) AS total
       FROM orders WHERE status <> 'cancelled' AND created_at >= $1 AND created_at < $2 GROUP BY day, currency ORDER BY day, currency`,
      [from, to]);
  }

  async revenueCsv(period: Period): Promise<string> {
    const rows = await this.revenue(period);
    return toCsv(
      ['day', 'currency', 'orders', 'total'],
      rows.map(({ day, currency, orders, total }) => [day.toISOString().slice(0, 10), currency, orders, total]),
    );
  }

  bestsellers({ from, to }: Period, limit = 20): Promise<Bestseller[]> {
    return this.database.all(bestseller,
      `SELECT product_id, title, sum(quantity) AS sold
       FROM order_items JOIN orders ON orders.id = order_id JOIN products ON products.id = product_id
       WHERE status <> 'cancelled' AND created_at >= $1 AND created_at < $2 GROUP BY product_id, title ORDER BY sold DESC LIMIT $3`,
      [from, to, limit]);
  }
}
