// What most people would write first: `node:http`, its chunked encoding, one Buffer for all.
import { createServer, type ServerResponse } from 'node:http';
import { acceptUpdates, listen, tellPorts } from './updates.ts';

const viewers = new Set<ServerResponse>();
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' }).flushHeaders();
  viewers.add(response);
  response.once('close', () => viewers.delete(response));
});
const port = await listen(server);
const head = Buffer.from('--frame\r\nContent-Type: image/svg+xml\r\n\r\n');
const updatePort = await acceptUpdates((svg) => {
  const part = Buffer.concat([head, svg, Buffer.from('\r\n')]);
  for (const viewer of viewers) viewer.write(part);
});
tellPorts({ port, updatePort });
