// The least that a server in Node can do: plain sockets, one Buffer for all, no protocol, no look at who is slow.
import { createServer, type Socket } from 'node:net';
import { acceptUpdates, listen, tellPorts } from './updates.ts';

const viewers = new Set<Socket>();
const server = createServer({ noDelay: true }, (socket) => {
  viewers.add(socket);
  socket.resume();
  socket.on('error', () => {}).once('close', () => viewers.delete(socket));
});
const port = await listen(server);
const updatePort = await acceptUpdates((svg) => {
  for (const viewer of viewers) viewer.write(svg);
});
tellPorts({ port, updatePort });
