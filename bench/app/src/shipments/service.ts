import { randomBytes } from 'node:crypto';
import type { ShipmentRepository } from './repository.js';
import type { NewShipment, Shipment, TrackingEvent } from './schema.js';
import { NotFoundError } from '../http/errors.js';
import type { OrderService } from '../orders/service.js';

export class ShipmentService {
  constructor(private readonly repository: ShipmentRepository, private readonly orders: OrderService) {}

  async get(id: string): Promise<Shipment & { readonly events: readonly TrackingEvent[] }> {
    const shipment = await this.repository.find(id);
    if (shipment === undefined) throw new NotFoundError('shipment', id);
    return { ...shipment, events: await this.repository.events(id) };
  }

  async send(shipment: NewShipment): Promise<Shipment> {
    await this.orders.become(shipment.order, 'shipped');
    return this.repository.insert(shipment, `${shipment.carrier.slice(0, 1).toUpperCase()}${randomBytes(6).toString('hex').toUpperCase()}`);
  }

  async track(id: string, event: TrackingEvent): Promise<void> {
    const { order_id } = await this.get(id);
    await this.repository.addEvent(id, event);
    if (event.code === 'DELIVERED' && await this.repository.setDelivered(id, event.at) > 0) {
      await this.orders.become(order_id, 'delivered');
    }
  }
}
