// Keeps version, dates and connection state of a session's page up to date.

const STATES = { live: 'live', waiting: 'reconnecting', ended: 'ended' };
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const fact = (name) => document.querySelector(`[data-fact="${name}"]`);

function distance(ms) {
  const [unit, length] = UNITS.find((entry) => Math.abs(ms) >= entry[1]) ?? UNITS.at(-1);
  return relative.format(Math.trunc(ms / length), unit);
}

function showTimes() {
  if (document.hidden) return;
  for (const element of document.querySelectorAll('time[data-fact]')) {
    const text = distance(Date.parse(element.dateTime) - Date.now());
    element.title = new Date(element.dateTime).toLocaleString();
    if (element.textContent !== text) element.textContent = text;
  }
}

const holder = document.querySelector('[data-live]');
const state = document.querySelector('[data-state]');
const ttlMs = Number(document.querySelector('[data-ttl-ms]').dataset.ttlMs);

holder.addEventListener('frame', ({ detail: { version, renderedAt } }) => {
  fact('version').textContent = version;
  fact('updated').dateTime = renderedAt;
  const expires = fact('expires');
  if (expires !== null && ttlMs > 0) expires.dateTime = new Date(Date.parse(renderedAt) + ttlMs).toISOString();
  showTimes();
});

holder.addEventListener('state', ({ detail }) => {
  // A status is read out when it changes, so write it only then.
  if (state.textContent !== STATES[detail]) state.textContent = STATES[detail];
  state.dataset.state = detail;
});

showTimes();
setInterval(showTimes, 1000);
