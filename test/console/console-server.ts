import pino from 'pino';
import { onTestFinished } from 'vitest';
import { consolePages } from '../../src/console/console-pages.ts';
import { Refusal } from '../../src/errors.ts';
import { ANYBODY } from '../../src/frames/admission.ts';
import { createFrames } from '../../src/frames/frames.ts';
import { createHttpServer } from '../../src/http/http-server.ts';
import { createTemplates } from '../../src/rendering/templates.ts';
import { createSessions } from '../../src/sessions/sessions.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import type { SessionStore } from '../../src/storage/session-store.ts';
import { ANONYMOUS } from '../harness/callers.ts';

export const BASE = 'https://pictures.example';

/** A store that cannot be reached. */
function unreachable(store: SessionStore): SessionStore {
  const away = () => Promise.reject(new Refusal('UNAVAILABLE', 'The store cannot be reached.'));
  return { ...store, get: away, frame: away };
}

/** The pages alone, over the real services; opens no port. */
export async function consoleServer({ storeAway = false } = {}) {
  const log = pino({ level: 'silent' });
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  const sessionStore = storeAway ? unreachable(storage.sessions) : storage.sessions;
  const templates = createTemplates({ maxFrameBytes: 1_000_000, maxSteps: 100_000 });
  const sessions = createSessions(sessionStore, templates, { maxTemplateBytes: 100_000, maxArgsBytes: 100_000 });
  const frames = createFrames(sessionStore, log);
  const http = await createHttpServer({
    log,
    maxBodyBytes: 100_000,
    corsOrigins: '*',
    trustsProxy: () => false,
    certificate: null,
  });
  await http.register(
    consolePages({
      frames,
      visitOf: () => ({ visitor: ANYBODY, isPersonal: false, endWithToken: () => null }),
      settingsFor: () => ({ base: BASE, demo: null, anonymousWrites: true, signUp: true }),
    }),
  );
  onTestFinished(async () => {
    frames.close();
    await http.close();
    await storage.close();
  });

  return {
    sessions,
    async get(path: string, requestHeaders: Record<string, string> = {}) {
      const { statusCode, headers, body } = await http.inject({ url: path, headers: requestHeaders });
      return { status: statusCode, headers, body };
    },
    /** A public session; its picture shows `text`. */
    create: (name: string, args = {}) =>
      sessions.create(ANONYMOUS, { name, public: true, template: '<svg viewBox="0 0 9 3">{{ text }}</svg>', args }),
  };
}
