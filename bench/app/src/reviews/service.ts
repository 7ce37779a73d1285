import type { ReviewRepository } from './repository.js';
import type { NewReview, Rating, Review } from './schema.js';
import { ConflictError, HttpError } from '../http/errors.js';
import type { Page } from '../http/pagination.js';
import type { OrderService } from '../orders/service.js';

const newestOrders: Page = { limit: 100, offset: 0 };

export class ReviewService {
  constructor(private readonly repository: ReviewRepository, private readonly orders: OrderService) {}

  async ofProduct(product: string, page: Page): Promise<{ readonly rating: Rating; readonly reviews: Review[] }> {
    const [rating, reviews] = await Promise.all([this.repository.rating(product), this.repository.ofProduct(product, page)]);
    return { rating, reviews };
  }

  /** Only those who got a product may review it. */
  async write(review: NewReview): Promise<Review> {
    const delivered = await this.orders.list({ customer: review.customer, status: 'delivered' }, newestOrders);
    const orders = await Promise.all(delivered.map(({ id }) => this.orders.get(id)));
    if (!orders.some(({ items }) => items.some((item) => item.product_id === review.product))) {
      throw new HttpError(403, 'only who bought a product can review it');
    }
    const written = await this.repository.insert(review);
    if (written === undefined) throw new ConflictError('there already is a review of this product by this customer');
    return written;
  }
}
