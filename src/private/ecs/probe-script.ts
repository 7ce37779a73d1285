// These run in the container every few seconds, so that they load no more of Node.js than they need: `fetch` alone takes longer than
// the request.

/** A script that exits with 0 when an HTTP request is answered with a status below 400. */
export function httpProbe(port: number, path: string): string {
  const options = JSON.stringify({ host: '127.0.0.1', port, path });
  return `require('http').get(${options},r=>process.exit(r.statusCode<400?0:1)).on('error',()=>process.exit(1))`;
}

/** A script that exits with 0 when a connection is accepted. */
export function tcpProbe(port: number): string {
  return `require('net').connect(${port},'127.0.0.1',()=>process.exit(0)).on('error',()=>process.exit(1))`;
}
