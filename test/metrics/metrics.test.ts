import { expect, it } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest, type RunningApp } from '../harness/app.ts';
import { readMultipart } from '../harness/multipart-reader.ts';

const TOKEN = 'metrics-token-of-the-test';

async function read(app: RunningApp): Promise<Map<string, number>> {
  const { status, headers, text } = await call(app.url, 'GET', '/metrics');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(text).toMatch(/^(# (HELP|TYPE) [a-z]\w+ .+\n|[a-z]\w+(\{\w+="[^"\n]*"(,\w+="[^"\n]*")*\})? [\d.e+-]+\n)+$/);
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

it('tells requests by route, viewers by transport, frames, renders and the delay of the event loop', async () => {
  const app = await appForTest();
  const session = { session_id: 'secret-name', template: TEXT_TEMPLATE, args: { n: 1 } };
  await call(app.url, 'POST', '/api/session', session);
  await call(app.url, 'POST', '/api/session', { ...session, template: '<svg>' });
  await call(app.url, 'GET', '/api/session/nobody-knows');
  await call(app.url, 'GET', '/no-such-path');
  const viewer = await readMultipart(app.port, '/stream/secret-name?delayed_start=3000');
  await viewer.until('>1<');
  for (const n of [2, 3]) await call(app.url, 'PUT', '/api/session/secret-name', { args: { n } });
  await viewer.until('>3<');

  const told = await read(app);
  expect(Object.fromEntries(told)).toMatchObject({
    'rsvg_http_requests_total{method="POST",route="/api/session",status="2xx"}': 1,
    'rsvg_http_requests_total{method="POST",route="/api/session",status="4xx"}': 1,
    'rsvg_http_requests_total{method="GET",route="/api/session/:name",status="4xx"}': 1,
    'rsvg_http_requests_total{method="PUT",route="/api/session/:name",status="2xx"}': 2,
    'rsvg_http_requests_total{route="none",status="4xx"}': 1,
    'rsvg_viewers{transport="multipart"}': 1,
    'rsvg_viewers{transport="sse"}': 0,
    'rsvg_viewers{transport="websocket"}': 0,
    rsvg_watched_sessions: 1,
    rsvg_frames_delivered_total: 2,
    rsvg_frames_skipped_total: 1,
    'rsvg_renders_total{outcome="ok"}': 3,
    'rsvg_renders_total{outcome="refused"}': 1,
    'rsvg_renders_by_place_total{place="in_place"}': 3,
    'rsvg_renders_by_place_total{place="thread"}': 0,
    rsvg_render_threads_stopped_total: 0,
    rsvg_renders_waiting: 0,
    'rsvg_event_loop_delay_seconds{quantile="0.99"}': expect.any(Number),
    process_resident_memory_bytes: expect.any(Number),
    nodejs_heap_size_used_bytes: expect.any(Number),
  });
  expect([...told.keys()].join()).not.toMatch(/secret-name|nobody-knows|no-such-path/);
  viewer.close();
  await expect.poll(async () => (await read(app)).get('rsvg_viewers{transport="multipart"}')).toBe(0);
});

it('wants METRICS_TOKEN where there is one, and is not served to the network without', async () => {
  const guarded = await appForTest({ host: '0.0.0.0', metricsToken: TOKEN });
  for (const authorization of ['', `Bearer ${TOKEN}x`, TOKEN]) {
    const refused = await call(guarded.url, 'GET', '/metrics', undefined, { authorization });
    expect([refused.status, refused.body.code]).toEqual([401, 'UNAUTHENTICATED']);
  }
  const headers = { authorization: `Bearer ${TOKEN}` };
  expect((await call(guarded.url, 'GET', '/metrics', undefined, headers)).status).toBe(200);
  for (const overrides of [{ host: '0.0.0.0' }, { metrics: false, metricsToken: TOKEN }]) {
    const app = await appForTest(overrides);
    expect((await call(app.url, 'GET', '/metrics', undefined, headers)).status).toBe(404);
  }
});
