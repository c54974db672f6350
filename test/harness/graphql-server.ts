import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAudit } from '../../src/auth/audit.ts';
import type { Dependents } from '../../src/auth/dependents.ts';
import { createIdentity } from '../../src/auth/identity.ts';
import { createViewTokens } from '../../src/auth/view-token.ts';
import { createAudience } from '../../src/frames/audience.ts';
import { createFrames } from '../../src/frames/frames.ts';
import { createGalleryPictures } from '../../src/gallery/gallery-pictures.ts';
import { graphqlRoutes } from '../../src/graphql/graphql-routes.ts';
import { createClientOf } from '../../src/http/client.ts';
import { createHttpServer } from '../../src/http/http-server.ts';
import { originAllowed, type PictureRoute, pictureUrl as pictureUrlOf } from '../../src/http/public-base.ts';
import { createViewers } from '../../src/http/viewers.ts';
import type { Log } from '../../src/log.ts';
import { createTemplates } from '../../src/rendering/templates.ts';
import { createPreviews } from '../../src/sessions/previews.ts';
import type { SessionId } from '../../src/sessions/session-id.ts';
import { createSessions } from '../../src/sessions/sessions.ts';
import { createViewLinks } from '../../src/sessions/view-links.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import type { SessionStore, SessionWatcher } from '../../src/storage/session-store.ts';

export const MAX_MESSAGE_BYTES = 300_000;

/** The origin that the CORS policy of the test server allows, besides clients without one. */
export const ALLOWED_ORIGIN = 'https://dashboard.example';

export type GraphqlTestServer = Awaited<ReturnType<typeof startGraphqlServer>>;

/** The same store, its running subscriptions counted: a viewer that is forgotten is one that stays. */
function countWatches(store: SessionStore, beforeWatch: () => Promise<void>) {
  const running = new Set<() => void>();
  async function watch(id: SessionId, watcher: SessionWatcher) {
    await beforeWatch();
    const stop = await store.watch(id, watcher);
    const stopCounted = () => {
      running.delete(stopCounted);
      stop();
    };
    running.add(stopCounted);
    return stopCounted;
  }
  return { store: { ...store, watch } satisfies SessionStore, count: () => running.size };
}

/** The same dependents, those counted that wait for the end of their token. */
function countDependents({ register, close }: Dependents) {
  let waiting = 0;
  const dependents: Dependents = {
    register(proof, end) {
      waiting += 1;
      let counted = true;
      const leave = () => {
        waiting -= counted ? 1 : 0;
        counted = false;
      };
      const forget = register(proof, () => {
        leave();
        end();
      });
      return () => {
        leave();
        forget();
      };
    },
    close,
  };
  return { dependents, count: () => waiting };
}

interface Options {
  /** The store answers a new subscription only after this. */
  readonly beforeWatch?: () => Promise<void>;
  readonly pictureUrl?: (request: IncomingMessage, route: PictureRoute, id: SessionId) => string;
}

function defaultPictureUrl({ headers }: IncomingMessage, route: PictureRoute, id: SessionId): string {
  return pictureUrlOf(`http://${headers.host}`, route, id);
}

/** `/graphql` alone on a free port, over the real engine and an embedded store that keeps nothing. */
export async function startGraphqlServer({
  beforeWatch = async () => {},
  pictureUrl = defaultPictureUrl,
}: Options = {}) {
  const logged: { readonly level: string; readonly fields: object; readonly message: string }[] = [];
  const level = (name: string) => (fields: object, message: string) => logged.push({ level: name, fields, message });
  const log: Log = { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') };

  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  const templates = createTemplates({ maxFrameBytes: 2_000_000, maxSteps: 100_000 });
  const sizes = { maxTemplateBytes: 100_000, maxArgsBytes: 100_000 };
  const sessions = createSessions(storage.sessions, templates, sizes);
  const viewTokens = createViewTokens(storage.linkKey);
  const watched = countWatches(storage.sessions, beforeWatch);
  const frames = createFrames(watched.store, log, { lingerMs: 0, viewTokens });
  const identity = createIdentity({ storage, signUp: 'open', audit: createAudit(log), log });

  const waiting = countDependents(identity.dependents);

  const corsOrigins = [ALLOWED_ORIGIN];
  const app = await createHttpServer({
    ...{ log, maxBodyBytes: 1000, corsOrigins, trustsProxy: () => false, certificate: null },
  });
  const viewers = createViewers(1000);
  viewers.onDrain(frames.close);
  app.addHook('preClose', () => viewers.drain(1000));
  await app.register(
    graphqlRoutes({
      sessions,
      viewLinks: createViewLinks({ ...identity, store: storage.sessions, tokens: viewTokens }),
      previews: createPreviews(templates, sizes),
      galleryPictures: createGalleryPictures(templates),
      frames,
      audience: createAudience({ frames, store: storage.viewerCounts, log }),
      viewers,
      ...identity,
      dependents: waiting.dependents,
      clientOf: createClientOf(() => false),
      log,
      limits: { maxMessageBytes: MAX_MESSAGE_BYTES, viewerTimeoutMs: 60_000 },
      pictureUrl,
      originAllowed: (request) => originAllowed(request, 'http://none.invalid', corsOrigins),
    }),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/graphql`,
    port,
    logged,
    storage,
    sessions,
    frames,
    tokens: identity.tokens,
    http: app.server,
    /** How many sessions are watched at this moment. */
    watches: watched.count,
    /** How many streams and sockets wait for the end of their token. */
    dependents: waiting.count,
    async close() {
      // As the program does: a connection that a client opens in advance and never uses would hold it up.
      const cut = setTimeout(() => app.server.closeAllConnections(), 1000);
      await app.close();
      clearTimeout(cut);
      identity.close();
      await storage.close();
    },
  };
}
