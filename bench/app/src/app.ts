import express, { Express } from 'express';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { CustomerRepository } from './customers/repository.js';
import { customerRoutes } from './customers/routes.js';
import { CustomerService } from './customers/service.js';
import { Database } from './database/database.js';
import { DiscountRepository } from './discounts/repository.js';
import { discountRoutes } from './discounts/routes.js';
import { DiscountService } from './discounts/service.js';
import { errorHandler } from './http/error-handler.js';
import { healthRoutes } from './http/health-routes.js';
import { notFound } from './http/not-found.js';
import { requestLog } from './http/request-log.js';
import { securityHeaders } from './http/security-headers.js';
import { InvoiceRepository } from './invoices/repository.js';
import { invoiceRoutes } from './invoices/routes.js';
import { InvoiceService } from './invoices/service.js';
import { OrderRepository } from './orders/repository.js';
import { orderRoutes } from './orders/routes.js';
import { OrderService } from './orders/service.js';
import { PaymentRepository } from './payments/repository.js';
import { paymentRoutes } from './payments/routes.js';
import { PaymentService } from './payments/service.js';
import { ProductRepository } from './products/repository.js';
import { productRoutes } from './products/routes.js';
import { ProductService } from './products/service.js';
import { reportRoutes } from './reports/routes.js';
import { ReportService } from './reports/service.js';
import { ReviewRepository } from './reviews/repository.js';
import { reviewRoutes } from './reviews/routes.js';
import { ReviewService } from './reviews/service.js';
import { ShipmentRepository } from './shipments/repository.js';
import { shipmentRoutes } from './shipments/routes.js';
import { ShipmentService } from './shipments/service.js';
import { StockRepository } from './stock/repository.js';
import { stockRoutes } from './stock/routes.js';
import { StockService } from './stock/service.js';

export interface AppOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly pool: pg.Pool;
}

export function createApp({ config, logger, pool }: AppOptions): Express {
  const database = new Database(pool);
  const customers = new CustomerService(new CustomerRepository(database));
  const products = new ProductService(new ProductRepository(database));
  const stock = new StockService(new StockRepository(database));
  const discounts = new DiscountService(new DiscountRepository(database));
  const orders = new OrderService({ database, repository: new OrderRepository(database), customers, products, stock, discounts });
  const invoices = new InvoiceService(new InvoiceRepository(database), orders, config.VAT_PERCENT);
  const payments = new PaymentService(database, new PaymentRepository(database), orders);
  const shipments = new ShipmentService(new ShipmentRepository(database), orders);
  const reviews = new ReviewService(new ReviewRepository(database), orders);

  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders, requestLog(logger), express.json({ limit: '256kb' }));
  app.use('/health', healthRoutes(database));
  app.use('/customers', customerRoutes(customers, config.PAGE_SIZE));
  app.use('/products', productRoutes(products, config.PAGE_SIZE));
  app.use('/stock', stockRoutes(stock));
  app.use('/discounts', discountRoutes(discounts));
  app.use('/orders', orderRoutes(orders, config.PAGE_SIZE));
  app.use('/invoices', invoiceRoutes(invoices));
  app.use('/payments', paymentRoutes(payments));
  app.use('/shipments', shipmentRoutes(shipments));
  app.use('/reviews', reviewRoutes(reviews, config.PAGE_SIZE));
  app.use('/reports', reportRoutes(new ReportService(database)));
  app.use(notFound, errorHandler(logger));
  return app;
}
