import { Router } from 'express';
import { newShipment, trackingEvent } from './schema.js';
import type { ShipmentService } from './service.js';
import { parseBody, parseId } from '../http/parse.js';

export function shipmentRoutes(shipments: ShipmentService): Router {
  const routes = Router();
  routes.get('/:id', async (request, response) => {
    response.json(await shipments.get(parseId(request)));
  });
  routes.post('/', async (request, response) => {
    const shipment = await shipments.send(parseBody(newShipment, request));
    response.status(201).location(`/shipments/${shipment.id}`).json(shipment);
  });
  routes.post('/:id/events', async (request, response) => {
    await shipments.track(parseId(request), parseBody(trackingEvent, request));
    response.status(204).end();
  });
  return routes;
}
