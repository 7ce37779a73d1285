import { NewReview, Rating, Review, rating, review } from './schema.js';
import type { Database } from '../database/database.js';
import type { Page } from '../http/pagination.js';

const columns = 'id, customer_id, product_id, stars, text, created_at';

export class ReviewRepository {
  constructor(private readonly database: Database) {}

  ofProduct(product: string, { limit, offset }: Page): Promise<Review[]> {
    return this.database.all(review, `SELECT ${columns} FROM reviews WHERE product_id = $1 ORDER BY created_at DESC LIMIT $2 OFFSET $3`,
      [product, limit, offset]);
  }

  async rating(product: string): Promise<Rating> {
    const found = await this.database.first(rating, 'SELECT avg(stars) AS average, count(*) AS count FROM reviews WHERE product_id = $1', [product]);
    return found ?? { average: null, count: 0 };
  }

  insert({ customer, product, stars, text }: NewReview): Promise<Review | undefined> {
    return this.database.first(review,
      `INSERT INTO reviews (customer_id, product_id, stars, text) VALUES ($1, $2, $3, $4)
       ON CONFLICT (customer_id, product_id) DO NOTHING RETURNING ${columns}`,
      [customer, product, stars, text]);
  }
}
