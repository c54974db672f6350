import { createHash, timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../errors.ts';
import { EXPOSITION_TYPE, exposition, type Metric } from './exposition.ts';
import { processMetrics } from './process-metrics.ts';

export interface MetricsOptions {
  /** null: everybody who reaches the server may read them. */
  readonly token: string | null;
  /** Beside requests, the event loop's delay and what the process holds. */
  readonly metrics: readonly Metric[];
}

/** `GET /metrics`. Call it before routes are registered: it counts the requests of those that come after it. */
export function serveMetrics(http: FastifyInstance, { token, metrics }: MetricsOptions): void {
  const requests = countRequests(http);
  const delay = monitorDelay(http);
  const authorized = token === null ? null : digest(`Bearer ${token}`);

  http.get('/metrics', async (request, reply) => {
    const presented = digest(request.headers.authorization ?? '');
    if (authorized !== null && !timingSafeEqual(presented, authorized)) {
      throw new Refusal('UNAUTHENTICATED', 'Metrics are for those who send "Authorization: Bearer <METRICS_TOKEN>".');
    }
    const text = exposition([requests, ...metrics, delay, ...processMetrics()]);
    return reply.header('cache-control', 'no-store').type(EXPOSITION_TYPE).send(text);
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function countRequests(http: FastifyInstance): Metric {
  const counted = new Map<string, { readonly labels: Readonly<Record<string, string>>; count: number }>();
  http.addHook('onResponse', ({ method, routeOptions: { url: route } }, { statusCode }, done) => {
    const status = `${Math.floor(statusCode / 100)}xx`;
    // The pattern, never the path: that holds the session's name. Unknown paths and methods are one.
    const key = route === undefined ? status : `${method} ${route} ${status}`;
    let entry = counted.get(key);
    if (entry === undefined) {
      entry = { labels: route === undefined ? { route: 'none', status } : { method, route, status }, count: 0 };
      counted.set(key, entry);
    }
    entry.count += 1;
    done();
  });
  return {
    name: 'rsvg_http_requests_total',
    type: 'counter',
    help: 'Requests by route and class of status, counted when their answer has ended.',
    samples: () => [...counted.values()].map(({ labels, count }) => [labels, count] as const),
  };
}

function monitorDelay(http: FastifyInstance): Metric {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  http.addHook('onClose', async () => void histogram.disable());
  return {
    name: 'rsvg_event_loop_delay_seconds',
    type: 'gauge',
    help: 'Delay of the event loop since it was last asked for.',
    samples() {
      const seconds = [0.5, 0.99, 1].map((quantile) => {
        const value = histogram.count === 0 ? 0 : histogram.percentile(quantile * 100) / 1e9;
        return [{ quantile: String(quantile) }, value] as const;
      });
      histogram.reset();
      return seconds;
    },
  };
}
