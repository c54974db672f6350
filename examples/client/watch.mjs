// Watches a session from Node.js, and pushes to it what is typed:
//
//   npm install ./realtime-svg-0.1.0.tgz ws      (`npm pack` in the project makes it)
//   node watch.mjs http://127.0.0.1:3000 demo
//   message=Hello
import { createInterface } from 'node:readline';
import { createClient } from 'realtime-svg/client';
import { WebSocket } from 'ws';

const [url = 'http://127.0.0.1:3000', id = 'demo'] = process.argv.slice(2);
const client = createClient({ url, token: process.env.TOKEN, webSocket: WebSocket });

createInterface({ input: process.stdin }).on('line', async (line) => {
  const [name, value] = line.split('=');
  try {
    const { version } = await client.push(id, { [name]: value });
    console.log(`pushed version ${version}`);
  } catch (error) {
    console.error(`not pushed, ${error.code}: ${error.message}`);
  }
});

try {
  for await (const { version, svg } of client.watch(id)) console.log(`version ${version}: ${svg.length} characters`);
} catch (error) {
  console.error(`${error.code}: ${error.message}`);
  process.exit(1);
}
