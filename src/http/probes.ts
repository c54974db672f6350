import type { FastifyPluginAsync } from 'fastify';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { refusalBody, refusalOf } from './answer-refusal.ts';
import { statusOf } from './status.ts';

export interface Readiness {
  /** The server has begun to shut down. */
  readonly draining: () => boolean;
  /** @throws Refusal UNAVAILABLE */
  readonly ping: () => Promise<void>;
}

/** `GET /health`: the process lives. `GET /ready`: send it requests. */
export function probes({ draining, ping }: Readiness, log: Log): FastifyPluginAsync {
  return async (fastify) => {
    fastify.get('/health', async () => ({ status: 'ok' }));

    fastify.get('/ready', async (_request, reply) => {
      try {
        if (draining()) throw new Refusal('UNAVAILABLE', 'The server is shutting down.', { reason: 'shutdown' });
        await ping();
        return { status: 'ok' };
      } catch (error) {
        const { refusal } = refusalOf(error, log);
        const body = { reason: 'store', ...refusalBody(refusal) };
        return reply.code(statusOf('UNAVAILABLE')).send(body);
      }
    });
  };
}
