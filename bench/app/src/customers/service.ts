import type { CustomerRepository } from './repository.js';
import type { Customer, CustomerChange, NewCustomer } from './schema.js';
import { ConflictError, NotFoundError } from '../http/errors.js';
import type { Page } from '../http/pagination.js';

export class CustomerService {
  constructor(private readonly repository: CustomerRepository) {}

  list(page: Page): Promise<Customer[]> {
    return this.repository.list(page);
  }

  async get(id: string): Promise<Customer> {
    const customer = await this.repository.find(id);
    if (customer === undefined) throw new NotFoundError('customer', id);
    return customer;
  }

  async register(customer: NewCustomer): Promise<Customer> {
    const registered = await this.repository.insert(customer);
    if (registered === undefined) throw new ConflictError(`${customer.email} is already registered`);
    return registered;
  }

  async change(id: string, change: CustomerChange): Promise<Customer> {
    if (change.email !== undefined) {
      const owner = await this.repository.findByEmail(change.email);
      if (owner !== undefined && owner.id !== id) throw new ConflictError(`${change.email} belongs to another customer`);
    }
    const changed = await this.repository.update(id, change);
    if (changed === undefined) throw new NotFoundError('customer', id);
    return changed;
  }

  async remove(id: string): Promise<void> {
    if (await this.repository.delete(id) === 0) throw new NotFoundError('customer', id);
  }
}
