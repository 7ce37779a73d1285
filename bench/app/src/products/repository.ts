import { NewProduct, Product, ProductSearch, product } from './schema.js';
import type { Database } from '../database/database.js';
import type { Page } from '../http/pagination.js';

const columns = 'id, sku, title, description, price, currency, tags, retired';

export class ProductRepository {
  constructor(private readonly database: Database) {}

  search({ text, tag, cheaperThan }: ProductSearch, { limit, offset }: Page): Promise<Product[]> {
    return this.database.all(product,
      `SELECT ${columns} FROM products
       WHERE NOT retired
         AND ($1::text IS NULL OR to_tsvector('simple', title || ' ' || description) @@ plainto_tsquery('simple', $1))
         AND ($2::text IS NULL OR $2 = ANY (tags))
         AND ($3::int IS NULL OR price < $3)
       ORDER BY title LIMIT $4 OFFSET $5`,
      [text ?? null, tag ?? null, cheaperThan ?? null, limit, offset]);
  }

  find(id: string): Promise<Product | undefined> {
    return this.database.first(product, `SELECT ${columns} FROM products WHERE id = $1`, [id]);
  }

  findAll(ids: readonly string[]): Promise<Product[]> {
    return this.database.all(product, `SELECT ${columns} FROM products WHERE id = ANY ($1::uuid[]) AND NOT retired`, [ids]);
  }

  insert({ sku, title, description, price, currency, tags }: NewProduct): Promise<Product | undefined> {
    return this.database.first(product,
      `INSERT INTO products (sku, title, description, price, currency, tags) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (sku) DO NOTHING RETURNING ${columns}`,
      [sku, title, description, price, currency, tags]);
  }

  reprice(id: string, price: number): Promise<Product | undefined> {
    return this.database.first(product, `UPDATE products SET price = $2 WHERE id = $1 RETURNING ${columns}`, [id, price]);
  }

  retire(id: string): Promise<number> {
    return this.database.run('UPDATE products SET retired = true WHERE id = $1 AND NOT retired', [id]);
  }
}
