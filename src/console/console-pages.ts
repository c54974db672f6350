import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import type { Frame } from '../frames/frame.ts';
import type { Frames } from '../frames/frames.ts';
import { formatSessionId, parseName, type SessionId } from '../sessions/session-id.ts';
import { setPersonalHeaders, type VisitOf } from '../streams/visit.ts';
import { appDocument } from './app-document.ts';
import { ASSETS } from './assets.ts';
import { embedRoute } from './embed-route.ts';
import { type Html, html } from './html.ts';
import { livePage } from './live-page.ts';
import { LIVE_HEADERS, PAGE_HEADERS } from './page-headers.ts';
import type { PageSettings } from './page-settings.ts';
import { picture } from './picture.ts';
import { pictureDescription, pictureHead, pictureTitle } from './picture-head.ts';
import { unavailablePage } from './unavailable-page.ts';
import { webFileRoutes } from './web-file-routes.ts';
import { WEB_BUILD } from './web-files.ts';

export interface ConsoleDeps {
  readonly frames: Frames;
  readonly visitOf: VisitOf;
  readonly settingsFor: (request: FastifyRequest) => PageSettings;
}

interface Params {
  readonly owner?: string;
  readonly name: string;
}

/** Pages that are the same for everybody until their script runs. */
const PAGES: readonly (readonly [path: string, title: string])[] = [
  ['/', 'realtime-svg: live images'],
  ['/sessions', 'Pictures · realtime-svg'],
  ['/new', 'New picture · realtime-svg'],
  ['/keys', 'API keys · realtime-svg'],
  ['/account', 'Account · realtime-svg'],
  ['/sign-in', 'Sign in · realtime-svg'],
];
const DESCRIPTION = 'Write an SVG template, push JSON, and every open image shows the new picture at once.';

/** null: no session can have this id. */
function idOf({ owner, name }: Params): SessionId | null {
  try {
    return { owner: owner === undefined ? null : parseName(owner, 'owner'), name: parseName(name, 'session name') };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function pictureDocument(settings: PageSettings, { sessionId: id, svg }: Frame): string {
  const withoutScript: Html = html`<h1>${formatSessionId(id)}</h1><div class="picture">${picture(id, svg)}</div>`;
  return appDocument({
    ...{ settings, title: pictureTitle(id), description: pictureDescription(id) },
    ...{ about: pictureHead({ base: settings.base, id, svg }), withoutScript },
  });
}

/** For paths at which nothing is; the console says so. */
export function unknownPage(settings: PageSettings): string {
  return appDocument({ settings, title: 'Nothing here · realtime-svg', description: DESCRIPTION });
}

/** The pages for people: those of the console, `/live/…`, and what they load. */
export function consolePages({ frames, visitOf, settingsFor }: ConsoleDeps): FastifyPluginAsync {
  function send(reply: FastifyReply, markup: string, status = 200) {
    return reply.code(status).headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(markup);
  }

  return async (fastify) => {
    fastify.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof Refusal && error.code === 'UNAVAILABLE')) throw error;
      return send(reply, unavailablePage(), 503);
    });

    webFileRoutes(fastify, ASSETS, WEB_BUILD.files);
    embedRoute(fastify, WEB_BUILD.embed);

    for (const [path, title] of PAGES) {
      fastify.get(path, (request, reply) =>
        send(reply, appDocument({ settings: settingsFor(request), title, description: DESCRIPTION })),
      );
    }

    for (const path of ['/:name', '/:owner/:name']) {
      for (const page of ['/session', '/edit']) {
        fastify.get<{ Params: Params }>(`${page}${path}`, async (request, reply) => {
          const id = idOf(request.params);
          const frame = id && (await frames.current(id));
          const settings = settingsFor(request);
          if (frame === null) return send(reply, unknownPage(settings), 404);
          return send(reply, pictureDocument(settings, frame));
        });
      }

      fastify.get<{ Params: Params }>(`/live${path}`, async (request, reply) => {
        const id = idOf(request.params);
        if (id === null) return send(reply, unknownPage(settingsFor(request)), 404);
        const visit = visitOf(request);
        const frame = await frames.current(id, visit.visitor);
        reply.headers(LIVE_HEADERS);
        setPersonalHeaders(reply, visit);
        return reply
          .code(frame === null ? 404 : 200)
          .type('text/html; charset=utf-8')
          .send(livePage(id, frame?.svg ?? null, visit.visitor.link));
      });
    }
  };
}
