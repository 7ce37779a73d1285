import { Discount, NewDiscount, discount } from './schema.js';
import type { Database } from '../database/database.js';

const columns = 'code, amount, minimum, starts_at, ends_at, uses';

export class DiscountRepository {
  constructor(private readonly database: Database) {}

  active(now: Date): Promise<Discount[]> {
    return this.database.all(discount, `SELECT ${columns} FROM discounts WHERE starts_at <= $1 AND ends_at > $1 ORDER BY ends_at`, [now]);
  }

  find(code: string): Promise<Discount | undefined> {
    return this.database.first(discount, `SELECT ${columns} FROM discounts WHERE code = $1`, [code]);
  }

  insert({ code, amount, minimum, startsAt, endsAt }: NewDiscount): Promise<Discount | undefined> {
    return this.database.first(discount,
      `INSERT INTO discounts (code, amount, minimum, starts_at, ends_at, uses) VALUES ($1, $2, $3, $4, $5, 0)
       ON CONFLICT (code) DO NOTHING RETURNING ${columns}`,
      [code, JSON.stringify(amount), minimum, startsAt, endsAt]);
  }

  countUse(code: string, database = this.database): Promise<number> {
    return database.run('UPDATE discounts SET uses = uses + 1 WHERE code = $1', [code]);
  }
}
