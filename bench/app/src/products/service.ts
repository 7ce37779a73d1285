import type { ProductRepository } from './repository.js';
import type { NewProduct, Product, ProductSearch } from './schema.js';
import { ConflictError, HttpError, NotFoundError } from '../http/errors.js';
import type { Page } from '../http/pagination.js';

export class ProductService {
  constructor(private readonly repository: ProductRepository) {}

  search(search: ProductSearch, page: Page): Promise<Product[]> {
    return this.repository.search(search, page);
  }

  async get(id: string): Promise<Product> {
    const product = await this.repository.find(id);
    if (product === undefined) throw new NotFoundError('product', id);
    return product;
  }

  /** The products by their IDs; fails unless all of them are for sale. */
  async getAll(ids: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    const wanted = [...new Set(ids)];
    const products = new Map((await this.repository.findAll(wanted)).map((product) => [product.id, product]));
    const missing = wanted.filter((id) => !products.has(id));
    if (missing.length > 0) throw new HttpError(422, 'some products are not for sale', { products: missing });
    return products;
  }

  async add(product: NewProduct): Promise<Product> {
    const added = await this.repository.insert(product);
    if (added === undefined) throw new ConflictError(`there already is a product with the SKU ${product.sku}`);
    return added;
  }

  async reprice(id: string, price: number): Promise<Product> {
    const product = await this.repository.reprice(id, price);
    if (product === undefined) throw new NotFoundError('product', id);
    return product;
  }

  async retire(id: string): Promise<void> {
    if (await this.repository.retire(id) === 0) throw new NotFoundError('product for sale', id);
  }
}
