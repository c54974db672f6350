import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createAudit } from './auth/audit.ts';
import { createIdentity } from './auth/identity.ts';
import { assertStoreOpens, keyEncryptionOf } from './auth/key-encryption.ts';
import { tellForbidden } from './auth/tell-forbidden.ts';
import { createViewTokens } from './auth/view-token.ts';
import { readKeyPair } from './config/key-pair.ts';
import { isLoopback } from './config/loopback.ts';
import type { Config } from './config/settings.ts';
import { packageVersion } from './config/version.ts';
import { consolePages, unknownPage } from './console/console-pages.ts';
import { PAGE_HEADERS } from './console/page-headers.ts';
import type { PageSettings } from './console/page-settings.ts';
import { startDemo } from './demo/demo.ts';
import { Refusal } from './errors.ts';
import { createAudience } from './frames/audience.ts';
import { createFrames } from './frames/frames.ts';
import { createGalleryPictures } from './gallery/gallery-pictures.ts';
import { graphqlRoutes } from './graphql/graphql-routes.ts';
import { type Certificate, openCertificate } from './http/certificate.ts';
import { createClientOf } from './http/client.ts';
import { createHttpServer } from './http/http-server.ts';
import { probes } from './http/probes.ts';
import { createPublicBase, originAllowed, pictureUrl } from './http/public-base.ts';
import { trustedProxies } from './http/trusted-proxies.ts';
import { createViewers } from './http/viewers.ts';
import { createRateLimits, NO_RATE_LIMITS } from './limits/rate-limits.ts';
import type { Log } from './log.ts';
import {
  countRenders,
  countSecurityEvents,
  frameTraffic,
  renderThreads,
  viewerCount,
  watchedSessions,
} from './metrics/measured.ts';
import { serveMetrics } from './metrics/serve-metrics.ts';
import { openapiRoutes } from './openapi/openapi-routes.ts';
import { createTemplates } from './rendering/templates.ts';
import { restRoutes } from './rest/rest-routes.ts';
import { createPreviews, signedInPreviews } from './sessions/previews.ts';
import { recentlyConfirmedWrites } from './sessions/recently-confirmed-writes.ts';
import { formatSessionId } from './sessions/session-id.ts';
import { createSessions } from './sessions/sessions.ts';
import { signedInWrites } from './sessions/signed-in-writes.ts';
import { createViewLinks } from './sessions/view-links.ts';
import { openStorage } from './storage/open-storage.ts';
import { eventsRoute } from './streams/events-route.ts';
import { snapshotRoute } from './streams/snapshot-route.ts';
import { streamRoute } from './streams/stream-route.ts';
import { createVisitOf } from './streams/visit.ts';

/** The budget of one render: a dashboard of 30 rows takes about 2,000. */
const MAX_RENDER_STEPS = 100_000;

/** How long a shutdown waits for viewers to take the end of their stream, and then for the last answers. */
const STREAMS_END_MS = 3000;
const LAST_ANSWERS_MS = 3000;

/** A body holds a template and args, each perhaps written with escapes, and some words around them. */
function maxMessageBytes({ maxTemplateBytes, maxArgsBytes }: Config): number {
  return 2 * (maxTemplateBytes + maxArgsBytes) + 64 * 1024;
}

export interface App {
  readonly http: FastifyInstance;
  /** Which store, for people. */
  readonly storage: string;
  /**
   * Begins to shut down: not ready, no new streams, and those that are open end cleanly. Everything else is answered.
   * Resolves when all streams have ended. Idempotent.
   */
  drain(): Promise<void>;
  /** Reads the files of TLS again; null: there are none. */
  readonly renewCertificate: (() => void) | null;
  /** Drains, finishes writes, closes everything. Idempotent. */
  close(): Promise<void>;
}

function certificateOf({ tlsCert, tlsKey }: Config, log: Log): Certificate | null {
  if (tlsCert === null || tlsKey === null) return null;
  function read() {
    const { keyPair, mistakes } = readKeyPair(
      { path: tlsCert as string, where: 'TLS_CERT' },
      { path: tlsKey as string, where: 'TLS_KEY' },
    );
    if (keyPair === null) throw new Refusal('UNAVAILABLE', mistakes.join('; '));
    return keyPair;
  }
  return openCertificate({ read, log });
}

/** Builds everything from a configuration and opens no port. */
export async function createApp(config: Config, log: Log): Promise<App> {
  const certificate = certificateOf(config, log);
  const storage = await openStorage({ redisUrl: config.redisUrl, dataDir: config.dataDir, quotas: config, log });
  const encryption = keyEncryptionOf(config);
  await assertStoreOpens(storage.keys, encryption).catch(async (error: unknown) => {
    await storage.close();
    throw error;
  });
  const templates = createTemplates({ maxFrameBytes: config.maxFrameBytes, maxSteps: MAX_RENDER_STEPS });
  const renders = countRenders(templates);
  const sessions = createSessions(storage.sessions, renders.templates, config);
  const viewTokens = createViewTokens(storage.linkKey);
  const frames = createFrames(storage.sessions, log, { viewTokens });
  const audience = createAudience({ frames, store: storage.viewerCounts, log });
  const viewers = createViewers(config.maxViewers);
  viewers.onDrain(frames.close);
  const securityEvents = countSecurityEvents(createAudit(log));
  const { audit } = securityEvents;
  const rateLimits = config.rateLimits ? createRateLimits(storage.limits, audit) : NO_RATE_LIMITS;
  const { refusedTokens } = rateLimits;
  const identity = createIdentity({ storage, signUp: config.signup, encryption, refusedTokens, audit, log });
  const { authenticate, revocations, dependents, signingKeys } = identity;
  const signIns = tellForbidden('signIns', rateLimits.signIns(identity.signIns), audit);
  const accounts = tellForbidden('accounts', rateLimits.accounts(identity.accounts), audit);
  const apiKeys = tellForbidden('apiKeys', identity.apiKeys, audit);
  const trustsProxy = trustedProxies(config.trustProxy);
  const clientOf = createClientOf(trustsProxy);
  const publicBase = createPublicBase(config.publicUrl, trustsProxy);

  const limited = rateLimits.writes(recentlyConfirmedWrites(sessions, revocations));
  const served = tellForbidden('sessions', config.publicSessions ? limited : signedInWrites(limited), audit);
  const links = createViewLinks({ store: storage.sessions, tokens: viewTokens, revocations });
  const viewLinks = tellForbidden('viewLinks', rateLimits.viewLinks(links), audit);
  const rationed = rateLimits.previews(createPreviews(renders.templates, config));
  const previews = tellForbidden('previews', config.publicSessions ? rationed : signedInPreviews(rationed), audit);
  // The demo is part of the server: it moves though strangers may not write.
  const demo = config.demo ? startDemo({ sessions, log }) : null;

  let drained: Promise<void> | null = null;
  function drain(): Promise<void> {
    demo?.stop();
    drained ??= viewers.drain(STREAMS_END_MS);
    return drained;
  }

  const { corsOrigins } = config;
  const viewerTimeoutMs = config.viewerTimeout * 1000;
  const limits = { maxMessageBytes: maxMessageBytes(config), viewerTimeoutMs };
  const settingsFor = ({ raw }: FastifyRequest): PageSettings => ({
    ...{ base: publicBase(raw), demo: demo === null ? null : formatSessionId(demo.id) },
    ...{ anonymousWrites: config.publicSessions, signUp: config.signup === 'open' },
  });
  const http = await createHttpServer({
    ...{ log, maxBodyBytes: limits.maxMessageBytes, corsOrigins, trustsProxy, certificate },
    unknownPage: { markup: (request) => unknownPage(settingsFor(request)), headers: PAGE_HEADERS },
  });
  if (config.metrics && (config.metricsToken !== null || isLoopback(config.host))) {
    const metrics = [
      ...[viewerCount(viewers), watchedSessions(frames), ...frameTraffic(frames.traffic)],
      ...[renders.metric, ...renderThreads(templates.counts), securityEvents.metric],
    ];
    serveMetrics(http, { token: config.metricsToken, metrics });
  }
  await http.register(
    probes({ draining: () => drained !== null, ping: storage.ping, revocationsAgeMs: revocations.ageMs }, log),
  );
  await http.register(restRoutes({ sessions: served, signIns, authenticate, clientOf, signingKeys, publicBase }));
  const visitOf = createVisitOf({ authenticate, dependents, clientOf });
  await http.register(streamRoute({ frames, viewers, visitOf, viewerTimeoutMs }));
  await http.register(eventsRoute({ frames, viewers, visitOf, viewerTimeoutMs }));
  await http.register(snapshotRoute(frames, visitOf));
  await http.register(
    graphqlRoutes({
      ...{
        sessions: served,
        viewLinks,
        previews,
        galleryPictures: createGalleryPictures(renders.templates),
        frames,
        audience,
        viewers,
        signIns,
        accounts,
        apiKeys,
        authenticate,
        dependents,
        clientOf,
        log,
        limits,
      },
      pictureUrl: (request, route, id) => pictureUrl(publicBase(request), route, id),
      originAllowed: (request) => originAllowed(request, publicBase(request), corsOrigins),
    }),
  );
  await http.register(consolePages({ frames, visitOf, settingsFor }));
  await http.register(openapiRoutes(packageVersion()));

  // The first sign-in should not wait for a key to be made; without a store the next one tries again.
  signingKeys.maintain().catch(() => {});
  await demo?.ready;

  return {
    http,
    storage: storage.description,
    drain,
    renewCertificate: certificate?.renew ?? null,
    async close() {
      await drain();
      // Requests are being answered; what is still open after that time only waits.
      const cut = setTimeout(() => http.server.closeAllConnections(), LAST_ANSWERS_MS);
      await http.close();
      clearTimeout(cut);
      await templates.close();
      identity.close();
      await audience.close();
      await storage.close();
    },
  };
}
