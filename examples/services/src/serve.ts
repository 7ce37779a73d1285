import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';

const { PORT = '8080', DRAIN_MS = '0' } = process.env;

/** An HTTP server that loses no request when it is stopped; docs/graceful-shutdown.md explains each line. */
export function serve(): void {
  let draining = false;
  let inFlight = 0;

  const server = createServer((request, response) => {
    inFlight++;
    response.once('close', () => inFlight--);
    if (draining) response.setHeader('Connection', 'close');

    if (request.url === '/healthz') {
      response.writeHead(draining ? 503 : 200).end();
    } else {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ message: 'hello from a slim image', node: process.version }));
    }
  });
  server.keepAliveTimeout = 65_000;
  server.listen(Number(PORT));

  process.once('SIGTERM', async () => {
    draining = true;
    await setTimeout(Number(DRAIN_MS));
    while (inFlight > 0) await setTimeout(50);
    await setTimeout(1000);
    server.close();
    server.closeAllConnections();
  });
}
