import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import type { Frames } from '../frames/frames.ts';
import { randomName } from '../random-name.ts';
import { parseName, type SessionId } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { ASSETS } from './assets.ts';
import { livePage } from './live-page.ts';
import { unavailablePage, unknownSessionPage } from './notice-pages.ts';
import { LIVE_HEADERS, PAGE_HEADERS } from './page-headers.ts';
import { sessionPage } from './session-page.ts';
import { welcomePage } from './welcome-page.ts';

export interface ConsoleDeps {
  readonly frames: Frames;
  readonly sessions: Sessions;
  /** null: this server keeps no demo. */
  readonly demoId: SessionId | null;
  /** Whether visitors may create public sessions and change them without signing in. */
  readonly anonymousWrites: boolean;
  /** How links in snippets begin: `http://127.0.0.1:3000`. */
  readonly publicBase: (request: FastifyRequest) => string;
}

interface Params {
  readonly owner?: string;
  readonly name: string;
}

/** null: no session can have this id. */
function idOf({ owner, name }: Params): SessionId | null {
  try {
    return { owner: owner === undefined ? null : parseName(owner, 'owner'), name: parseName(name, 'session name') };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** The pages for people: `/`, `/session/…`, `/live/…` and what they load. */
export function consolePages(deps: ConsoleDeps): FastifyPluginAsync {
  const { frames, sessions, demoId, anonymousWrites, publicBase } = deps;

  function send(reply: FastifyReply, markup: string, status = 200) {
    return reply.code(status).headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(markup);
  }

  return async (fastify) => {
    fastify.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof Refusal && error.code === 'UNAVAILABLE')) throw error;
      return send(reply, unavailablePage(), 503);
    });

    for (const { path, type, content } of ASSETS) {
      fastify.get(path, (_request, reply) =>
        reply
          .headers({ 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' })
          .type(type)
          .send(content),
      );
    }

    fastify.get('/', async (request, reply) => {
      const demo = demoId && (await frames.current(demoId));
      const exampleName = `my-picture-${randomName(5)}`;
      return send(reply, welcomePage({ base: publicBase(request), demo, exampleName, anonymousWrites }));
    });

    for (const path of ['/:name', '/:owner/:name']) {
      fastify.get<{ Params: Params }>(`/session${path}`, async (request, reply) => {
        const id = idOf(request.params);
        const session = id && (await sessions.get(id));
        if (session === null) return send(reply, unknownSessionPage(id), 404);
        return send(reply, sessionPage(publicBase(request), session, anonymousWrites));
      });

      fastify.get<{ Params: Params }>(`/live${path}`, async (request, reply) => {
        const id = idOf(request.params);
        if (id === null) return send(reply, unknownSessionPage(id), 404);
        const frame = await frames.current(id);
        return reply
          .code(frame === null ? 404 : 200)
          .headers(LIVE_HEADERS)
          .type('text/html; charset=utf-8')
          .send(livePage(id, frame?.svg ?? null));
      });
    }
  };
}
