import type { Database } from '../database/database.js';
import type { Page } from '../http/pagination.js';
import type { Money } from '../money.js';
import { Order, OrderFilter, OrderItem, order, orderItem } from './schema.js';
import type { OrderStatus } from './status.js';

const columns = 'id, customer_id, status, total, currency, created_at';

export class OrderRepository {
  constructor(private readonly database: Database) {}

  list({ customer, status }: OrderFilter, { limit, offset }: Page): Promise<Order[]> {
    return this.database.all(order,
      `SELECT ${columns} FROM orders WHERE ($1::uuid IS NULL OR customer_id = $1) AND ($2::text IS NULL OR status = $2)
       ORDER BY created_at DESC LIMIT $3 OFFSET $4`,
      [customer ?? null, status ?? null, limit, offset]);
  }

  find(id: string): Promise<Order | undefined> {
    return this.database.first(order, `SELECT ${columns} FROM orders WHERE id = $1`, [id]);
  }

  items(id: string): Promise<OrderItem[]> {
    return this.database.all(orderItem,
      `SELECT product_id, title, quantity, order_items.price FROM order_items JOIN products ON products.id = product_id
       WHERE order_id = $1 ORDER BY position`,
      [id]);
  }

  async insert(customer: string, total: Money, database = this.database): Promise<Order> {
    const [inserted] = await database.all(order,
      `INSERT INTO orders (customer_id, status, total, currency) VALUES ($1, 'placed', $2, $3) RETURNING ${columns}`,
      [customer, total.cents, total.currency]);
    return inserted;
  }

  insertItem(id: string, position: number, { product_id, quantity, price }: OrderItem, database = this.database): Promise<number> {
    return database.run('INSERT INTO order_items (order_id, position, product_id, quantity, price) VALUES ($1, $2, $3, $4, $5)',
      [id, position, product_id, quantity, price]);
  }

  /** Changes nothing where another request was faster. */
  setStatus(id: string, from: OrderStatus, to: OrderStatus, database = this.database): Promise<Order | undefined> {
    return database.first(order, `UPDATE orders SET status = $3 WHERE id = $1 AND status = $2 RETURNING ${columns}`, [id, from, to]);
  }
}
