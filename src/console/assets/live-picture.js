// Keeps the picture of a page alive. An <img> never says that its stream has broken and never connects again, so a
// subscription beside it (graphql-transport-ws) tells that the server is there: when the subscription comes back, the
// picture is loaded anew behind the old one, which stays until then.
//
// Tells the page by events of the holder: `frame` (detail: version, etag, renderedAt) and `state`
// (detail: 'live', 'waiting' for the server, 'ended' when there is no such session).

const QUERY = 'subscription ($id: ID!) { frames(sessionId: $id) { version etag renderedAt } }';
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 3000;
const PING_EVERY_MS = 10_000;
const SILENT_FOR_MS = 25_000;

function keepAlive(holder) {
  const { live: id, stream } = holder.dataset;
  let socket = null;
  let retry = null;
  let retryMs = FIRST_RETRY_MS;
  let heardAt = 0;
  let loading = null;
  // The server wrote the first <img> itself, if there was anything to show.
  let isStale = holder.querySelector('img') === null;

  const tell = (type, detail) => holder.dispatchEvent(new CustomEvent(type, { detail }));

  function reload() {
    const image = new Image();
    loading = image;
    image.alt = holder.querySelector('img')?.alt ?? `Live picture of ${id}`;
    image.onload = () => {
      if (loading !== image) return;
      loading = null;
      isStale = false;
      holder.replaceChildren(image);
    };
    image.onerror = () => {
      if (loading !== image) return;
      loading = null;
      lost(socket);
    };
    // The page's own address of the stream may still be tied to the broken connection.
    image.src = `${stream}${stream.includes('?') ? '&' : '?'}again=${Date.now()}`;
  }

  function connect() {
    clearTimeout(retry);
    retry = null;
    const mine = new WebSocket(new URL('/graphql', location.href.replace(/^http/, 'ws')), 'graphql-transport-ws');
    const send = (message) => mine.send(JSON.stringify(message));
    let answered = false;
    socket = mine;
    heardAt = Date.now();
    mine.onopen = () => send({ type: 'connection_init' });
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      heardAt = Date.now();
      const { type, payload } = JSON.parse(data);
      if (type === 'connection_ack') {
        send({ id: 'frames', type: 'subscribe', payload: { query: QUERY, variables: { id } } });
      } else if (type === 'ping') send({ type: 'pong' });
      else if (type === 'next' && payload.data?.frames) {
        if (!answered && isStale) reload();
        answered = true;
        retryMs = FIRST_RETRY_MS;
        tell('state', 'live');
        tell('frame', payload.data.frames);
      } else if (type === 'next' || type === 'error' || type === 'complete') {
        const errors = payload?.errors ?? payload;
        const isGone = type === 'complete' || errors?.some?.(({ extensions }) => extensions?.code === 'NOT_FOUND');
        lost(mine, isGone ? 'ended' : 'waiting');
      }
    };
    mine.onclose = () => {
      // A proxy that lets no WebSocket through: then try the picture by itself, though it may be well.
      if (socket === mine && !answered && isStale && loading === null) reload();
      lost(mine);
    };
  }

  function lost(mine, state = 'waiting') {
    if (mine !== socket || retry !== null) return;
    drop();
    isStale = true;
    tell('state', state);
    if (document.hidden) return;
    // Spread out, so that a server which starts again is not met by everybody at once.
    retry = setTimeout(connect, retryMs * (0.75 + Math.random() / 2));
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }

  function drop() {
    const mine = socket;
    socket = null;
    mine?.close();
  }

  setInterval(() => {
    if (socket?.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
    if (socket !== null && Date.now() - heardAt > SILENT_FOR_MS) lost(socket);
  }, PING_EVERY_MS);

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
      if (socket === null) connect();
      return;
    }
    clearTimeout(retry);
    retry = null;
    drop();
    // What happens meanwhile goes unnoticed.
    isStale = true;
  });

  if (!document.hidden) connect();
}

for (const holder of document.querySelectorAll('[data-live]')) keepAlive(holder);
