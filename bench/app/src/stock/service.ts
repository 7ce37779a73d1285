import type { StockRepository } from './repository.js';
import type { Delivery, Quantity, StockLevel } from './schema.js';
import type { Database } from '../database/database.js';
import { ConflictError, NotFoundError } from '../http/errors.js';

export class StockService {
  constructor(private readonly repository: StockRepository) {}

  async level(product: string): Promise<StockLevel> {
    const level = await this.repository.find(product);
    if (level === undefined) throw new NotFoundError('stock of product', product);
    return level;
  }

  low(threshold: number): Promise<StockLevel[]> {
    return this.repository.below(threshold);
  }

  /** Reserves everything or nothing: to be called within a transaction. */
  async reserve(items: readonly Quantity[], database: Database): Promise<void> {
    // In one order for everybody, so that two orders never wait for each other.
    for (const item of [...items].sort((a, b) => a.product.localeCompare(b.product))) {
      if (await this.repository.reserve(item, database) === 0) throw new ConflictError(`product ${item.product} is out of stock`);
    }
  }

  async release(items: readonly Quantity[], database: Database): Promise<void> {
    for (const item of items) await this.repository.release(item, database);
  }

  receive({ items }: Delivery): Promise<void> {
    return this.repository.transaction(async (database) => {
      for (const item of items) await this.repository.add(item, database);
    });
  }
}
