import { Quantity, StockLevel, stockLevel } from './schema.js';
import type { Database } from '../database/database.js';

const columns = 'product_id, available, reserved';

export class StockRepository {
  constructor(private readonly database: Database) {}

  find(product: string): Promise<StockLevel | undefined> {
    return this.database.first(stockLevel, `SELECT ${columns} FROM stock WHERE product_id = $1`, [product]);
  }

  below(quantity: number): Promise<StockLevel[]> {
    return this.database.all(stockLevel, `SELECT ${columns} FROM stock WHERE available < $1 ORDER BY available`, [quantity]);
  }

  /** Moves items from available to reserved; changes nothing where there are too few. */
  reserve({ product, quantity }: Quantity, database = this.database): Promise<number> {
    return database.run(
      'UPDATE stock SET available = available - $2, reserved = reserved + $2 WHERE product_id = $1 AND available >= $2', [product, quantity]);
  }

  release({ product, quantity }: Quantity, database = this.database): Promise<number> {
    return database.run('UPDATE stock SET available = available + $2, reserved = reserved - $2 WHERE product_id = $1', [product, quantity]);
  }

  add({ product, quantity }: Quantity, database = this.database): Promise<number> {
    return database.run(
      `INSERT INTO stock (product_id, available, reserved) VALUES ($1, $2, 0)
       ON CONFLICT (product_id) DO UPDATE SET available = stock.available + EXCLUDED.available`,
      [product, quantity]);
  }

  transaction<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    return this.database.transaction(work);
  }
}
