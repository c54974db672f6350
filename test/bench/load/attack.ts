// A process of its own: writes what its first argument names to the port of its second, on eight connections, until told to
// stop, and then says how many writes were answered.
import { once } from 'node:events';
import { Agent } from 'node:http';
import { constants, setPriority } from 'node:os';
import { ATTACKS } from './attacks.ts';
import { send } from './send.ts';

const CONNECTIONS = 8;

// It would be on another machine: what it computes itself must not take the cores from server and viewer.
setPriority(constants.priority.PRIORITY_LOW);

const [name, port] = process.argv.slice(2);
const attack = ATTACKS.find((each) => each.name === name);
if (attack === undefined) throw new Error(`there is no attack "${name}"`);
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
let answered = 0;
let stopped = false;
const connections = Array.from({ length: CONNECTIONS }, async () => {
  while (!stopped) {
    answered += 1;
    const session = { session_id: `attack-${answered}`, expire: '1s', ...attack.body(answered) };
    await send({ port: Number(port), agent, method: 'POST', path: '/api/session' }, session);
  }
});
process.send?.('begun');
await once(process, 'message');
stopped = true;
await Promise.all(connections);
agent.destroy();
process.send?.(answered, () => process.exit());
