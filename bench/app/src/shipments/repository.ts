import { NewShipment, Shipment, TrackingEvent, shipment, trackingEvent } from './schema.js';
import type { Database } from '../database/database.js';

const columns = 'id, order_id, carrier, tracking, delivered_at';

export class ShipmentRepository {
  constructor(private readonly database: Database) {}

  find(id: string): Promise<Shipment | undefined> {
    return this.database.first(shipment, `SELECT ${columns} FROM shipments WHERE id = $1`, [id]);
  }

  async insert({ order, carrier, address }: NewShipment, tracking: string): Promise<Shipment> {
    const [inserted] = await this.database.all(shipment,
      `INSERT INTO shipments (order_id, carrier, address, tracking) VALUES ($1, $2, $3, $4) RETURNING ${columns}`,
      [order, carrier, JSON.stringify(address), tracking]);
    return inserted;
  }

  events(id: string): Promise<TrackingEvent[]> {
    return this.database.all(trackingEvent, 'SELECT code, place, at FROM tracking_events WHERE shipment_id = $1 ORDER BY at', [id]);
  }

  addEvent(id: string, { code, place, at }: TrackingEvent): Promise<number> {
    return this.database.run('INSERT INTO tracking_events (shipment_id, code, place, at) VALUES ($1, $2, $3, $4)', [id, code, place ?? null, at]);
  }

  setDelivered(id: string, at: Date): Promise<number> {
    return this.database.run('UPDATE shipments SET delivered_at = $2 WHERE id = $1 AND delivered_at IS NULL', [id, at]);
  }
}
