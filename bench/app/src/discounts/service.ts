import type { Database } from '../database/database.js';
import { ConflictError, HttpError } from '../http/errors.js';
import { Money, percent } from '../money.js';
import type { DiscountRepository } from './repository.js';
import type { Discount, NewDiscount } from './schema.js';

export class DiscountService {
  constructor(private readonly repository: DiscountRepository) {}

  active(): Promise<Discount[]> {
    return this.repository.active(new Date());
  }

  async add(discount: NewDiscount): Promise<Discount> {
    const added = await this.repository.insert(discount);
    if (added === undefined) throw new ConflictError(`there already is a discount ${discount.code}`);
    return added;
  }

  /** What an order costs with a discount; fails where the discount does not apply. */
  async apply(code: string, total: Money): Promise<Money> {
    const discount = await this.repository.find(code);
    const now = new Date();
    if (discount === undefined || discount.starts_at > now || discount.ends_at <= now) {
      throw new HttpError(422, `the discount ${code} is not valid now`);
    }
    if (total.cents < discount.minimum) throw new HttpError(422, `the discount ${code} is for larger orders`, { minimum: discount.minimum });
    const reduction = discount.amount.kind === 'percent' ? percent(total, discount.amount.value).cents : discount.amount.value;
    return { ...total, cents: Math.max(0, total.cents - reduction) };
  }

  async countUse(code: string, database: Database): Promise<void> {
    await this.repository.countUse(code, database);
  }
}
