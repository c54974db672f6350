// The least that a JSON route costs: Fastify, which parses the body and sends it back.
import Fastify from 'fastify';
import { listen, tellPorts } from './updates.ts';

const fastify = Fastify();
fastify.post('/', (request) => request.body);
await fastify.ready();
const port = await listen(fastify.server);
tellPorts({ port, updatePort: port });
