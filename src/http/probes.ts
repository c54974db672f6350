import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { refusalBody, refusalOf } from './answer-refusal.ts';
import { type Operation, refusalSchema } from './operation.ts';
import { statusOf } from './status.ts';

export interface Readiness {
  /** The server has begun to shut down. */
  readonly draining: () => boolean;
  /** @throws Refusal UNAVAILABLE */
  readonly ping: () => Promise<void>;
  /** Since the list of revoked tokens was last known to be complete; null: it never was. */
  readonly revocationsAgeMs: () => number | null;
}

/** The list is confirmed each second. */
const STALE_MS = 5000;

const statusBody = z.object({ status: z.literal('ok') });

const health: Operation = {
  tag: 'Service',
  summary: 'Whether the process lives',
  answers: { 200: { description: 'It does.', body: statusBody } },
};

const ready: Operation = {
  tag: 'Service',
  summary: 'Whether to send it requests',
  answers: {
    200: { description: 'The store answers.', body: statusBody },
    503: {
      description: 'Not now.',
      body: refusalSchema.extend({ reason: z.string(), revocationsAgeSeconds: z.int().nullable().optional() }),
    },
  },
};

/** `GET /health`: the process lives. `GET /ready`: send it requests. */
export function probes({ draining, ping, revocationsAgeMs }: Readiness, log: Log): FastifyPluginAsync {
  return async (fastify) => {
    fastify.get('/health', { config: { operation: health } }, async () => ({ status: 'ok' }));

    fastify.get('/ready', { config: { operation: ready } }, async (_request, reply) => {
      try {
        if (draining()) throw new Refusal('UNAVAILABLE', 'The server is shutting down.', { reason: 'shutdown' });
        await ping();
        const age = revocationsAgeMs();
        if (age === null || age > STALE_MS) {
          throw new Refusal('UNAVAILABLE', 'The list of revoked tokens is not up to date.', { reason: 'revocations' });
        }
        return { status: 'ok' };
      } catch (error) {
        const { refusal } = refusalOf(error, log);
        const age = revocationsAgeMs();
        const revocationsAgeSeconds = age === null ? null : Math.floor(age / 1000);
        const body = { reason: 'store', revocationsAgeSeconds, ...refusalBody(refusal) };
        return reply.code(statusOf('UNAVAILABLE')).send(body);
      }
    });
  };
}
