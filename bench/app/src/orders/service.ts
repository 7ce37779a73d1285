import type { OrderRepository } from './repository.js';
import type { NewOrder, Order, OrderFilter, OrderItem, OrderWithItems } from './schema.js';
import { OrderStatus, canBecome } from './status.js';
import type { CustomerService } from '../customers/service.js';
import type { Database } from '../database/database.js';
import type { DiscountService } from '../discounts/service.js';
import { ConflictError, NotFoundError } from '../http/errors.js';
import type { Page } from '../http/pagination.js';
import { sum } from '../money.js';
import type { ProductService } from '../products/service.js';
import type { StockService } from '../stock/service.js';

export interface OrderServiceOptions {
  readonly database: Database;
  readonly repository: OrderRepository;
  readonly customers: CustomerService;
  readonly products: ProductService;
  readonly stock: StockService;
  readonly discounts: DiscountService;
}

export class OrderService {
  constructor(private readonly options: OrderServiceOptions) {}

  list(filter: OrderFilter, page: Page): Promise<Order[]> {
    return this.options.repository.list(filter, page);
  }

  async get(id: string): Promise<OrderWithItems> {
    const order = await this.options.repository.find(id);
    if (order === undefined) throw new NotFoundError('order', id);
    return { ...order, items: await this.options.repository.items(id) };
  }

  async place({ customer, currency, discount, items }: NewOrder): Promise<OrderWithItems> {
    const { database, repository, customers, products, stock, discounts } = this.options;
    await customers.get(customer);
    const catalogue = await products.getAll(items.map(({ product }) => product));
    const lines = items.flatMap(({ product: id, quantity }) => {
      const product = catalogue.get(id);
      return product === undefined ? [] : [{ product, quantity }];
    });
    const subtotal = sum(lines.map(({ product, quantity }) => ({ cents: product.price * quantity, currency: product.currency })), currency);
    const total = discount === undefined ? subtotal : await discounts.apply(discount, subtotal);

    return database.transaction(async (transaction) => {
      await stock.reserve(items, transaction);
      if (discount !== undefined) await discounts.countUse(discount, transaction);
      const order = await repository.insert(customer, total, transaction);
      const placed = lines.map(({ product: { id, title, price }, quantity }): OrderItem => ({ product_id: id, title, quantity, price }));
      for (const [position, item] of placed.entries()) await repository.insertItem(order.id, position, item, transaction);
      return { ...order, items: placed };
    });
  }

  async cancel(id: string): Promise<Order> {
    const { items } = await this.get(id);
    return this.options.database.transaction(async (transaction) => {
      const order = await this.become(id, 'cancelled', transaction);
      await this.options.stock.release(items.map((item) => ({ product: item.product_id, quantity: item.quantity })), transaction);
      return order;
    });
  }

  async become(id: string, status: OrderStatus, transaction?: Database): Promise<Order> {
    const order = await this.get(id);
    if (!canBecome(order.status, status)) throw new ConflictError(`order ${id} is ${order.status} and can't become ${status}`);
    const changed = await this.options.repository.setStatus(id, order.status, status, transaction);
    if (changed === undefined) throw new ConflictError(`order ${id} was changed by another request`);
    return changed;
  }
}
