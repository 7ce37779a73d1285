import { Customer, CustomerChange, NewCustomer, customer } from './schema.js';
import type { Database } from '../database/database.js';
import type { Page } from '../http/pagination.js';

const columns = 'id, email, name, country, phone, created_at';

export class CustomerRepository {
  constructor(private readonly database: Database) {}

  list({ limit, offset }: Page): Promise<Customer[]> {
    return this.database.all(customer, `SELECT ${columns} FROM customers ORDER BY created_at DESC LIMIT $1 OFFSET $2`, [limit, offset]);
  }

  find(id: string): Promise<Customer | undefined> {
    return this.database.first(customer, `SELECT ${columns} FROM customers WHERE id = $1`, [id]);
  }

  findByEmail(email: string): Promise<Customer | undefined> {
    return this.database.first(customer, `SELECT ${columns} FROM customers WHERE email = $1`, [email]);
  }

  insert({ email, name, country, phone }: NewCustomer): Promise<Customer | undefined> {
    return this.database.first(customer,
      `INSERT INTO customers (email, name, country, phone) VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO NOTHING RETURNING ${columns}`,
      [email, name, country, phone ?? null]);
  }

  update(id: string, { email, name, country, phone }: CustomerChange): Promise<Customer | undefined> {
    return this.database.first(customer,
      `UPDATE customers SET email = COALESCE($2, email), name = COALESCE($3, name), country = COALESCE($4, country), phone = COALESCE($5, phone)
       WHERE id = $1 RETURNING ${columns}`,
      [id, email ?? null, name ?? null, country ?? null, phone ?? null]);
  }

  delete(id: string): Promise<number> {
    return this.database.run('DELETE FROM customers WHERE id = $1', [id]);
  }
}
