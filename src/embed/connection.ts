import { retryMs, type Viewer } from './viewer.ts';

const QUERY = 'subscription($id:ID!){frames(sessionId:$id){svg}}';
const PING_EVERY_MS = 10_000;
const SILENT_FOR_MS = 25_000;
const LAST_RETRY_MS = 4000;

/** For sessions that there are not: each asks for itself. */
const LAST_ABSENT_RETRY_MS = 20_000;

/** Who turns away for a moment, or moves in the document, finds the connection as it was. */
const LINGER_MS = 1000;

interface Watching {
  readonly id: string;
  readonly viewer: Viewer;
  /** Its operation; '' while there is none. */
  operation: string;
  tries: number;
  retry: number;
}

/** All sessions of one server over one WebSocket (graphql-transport-ws), which is open while somebody watches. */
interface Connection {
  /** @returns stops it */
  watch(id: string, viewer: Viewer): () => void;
}

function createConnection(server: string): Connection {
  const watched = new Set<Watching>();
  const operations = new Map<string, Watching>();
  let made = 0;
  let socket: WebSocket | null = null;
  let acknowledged = false;
  let heardAt = 0;
  let tries = 0;
  let retry = 0;

  const send = (message: object) => socket?.send(JSON.stringify(message));

  function subscribe(watching: Watching) {
    if (!acknowledged || !watched.has(watching)) return;
    made += 1;
    watching.operation = `${made}`;
    operations.set(watching.operation, watching);
    const payload = { query: QUERY, variables: { id: watching.id } };
    send({ id: watching.operation, type: 'subscribe', payload });
  }

  /** The server has said no, or that nothing follows, for this one: the next try tells why. */
  function refused(watching: Watching, isAbsent: boolean) {
    operations.delete(watching.operation);
    watching.operation = '';
    watching.viewer.state(isAbsent ? 'gone' : 'waiting');
    watching.retry = setTimeout(subscribe, retryMs(watching.tries, LAST_ABSENT_RETRY_MS), watching);
    watching.tries += 1;
  }

  // biome-ignore lint/suspicious/noExplicitAny: whatever a server sends.
  function hear({ id, type, payload }: any) {
    if (type === 'ping') send({ type: 'pong' });
    if (type === 'connection_ack') {
      acknowledged = true;
      watched.forEach(subscribe);
    }
    const watching = operations.get(id);
    if (watching === undefined) return;
    tries = 0;
    const svg = payload?.data?.frames?.svg;
    if (svg === undefined) {
      const [error] = payload?.errors ?? payload ?? [];
      const code = error?.extensions?.code;
      refused(watching, code === 'NOT_FOUND' || code === 'BAD_USER_INPUT');
    } else {
      watching.tries = 0;
      watching.viewer.frame(svg);
    }
  }

  function open() {
    retry = 0;
    if (socket !== null || watched.size === 0) return;
    heardAt = Date.now();
    try {
      const mine = new WebSocket(`${server.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
      socket = mine;
      mine.onopen = () => send({ type: 'connection_init' });
      mine.onmessage = ({ data }) => {
        if (mine !== socket) return;
        heardAt = Date.now();
        hear(JSON.parse(data));
      };
      mine.onclose = () => mine === socket && lost();
    } catch {
      // A page of https: may not speak to a server of http:.
      lost();
    }
  }

  function drop() {
    const mine = socket;
    socket = null;
    acknowledged = false;
    operations.clear();
    for (const watching of watched) clearTimeout(watching.retry);
    mine?.close();
  }

  function lost() {
    drop();
    for (const { viewer } of watched) viewer.state('waiting');
    retry = setTimeout(open, retryMs(tries, LAST_RETRY_MS));
    tries += 1;
  }

  // A connection whose other end has vanished never closes by itself.
  setInterval(() => {
    if (socket === null) return;
    if (Date.now() - heardAt > SILENT_FOR_MS) lost();
    else if (acknowledged) send({ type: 'ping' });
  }, PING_EVERY_MS);

  return {
    watch(id, viewer) {
      const watching: Watching = { id, viewer, operation: '', tries: 0, retry: 0 };
      watched.add(watching);
      subscribe(watching);
      if (retry === 0) open();
      return () => {
        watched.delete(watching);
        clearTimeout(watching.retry);
        if (operations.delete(watching.operation)) send({ id: watching.operation, type: 'complete' });
        setTimeout(() => watched.size === 0 && drop(), LINGER_MS);
      };
    },
  };
}

const connections = new Map<string, Connection>();

/** The one connection of this page to the server. */
export function connectionTo(server: string): Connection {
  const connection = connections.get(server) ?? createConnection(server);
  connections.set(server, connection);
  return connection;
}
