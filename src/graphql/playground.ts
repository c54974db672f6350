import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptsCoding } from '../http/accepts-coding.ts';
import { addVary } from '../http/vary.ts';
import { ICON, inOurLook } from './playground-look.ts';
import { PLAYGROUND_TABS } from './playground-tabs.ts';

/** 9 MB shrink to 2.6 MB within a third of a second; the best quality would take twenty. */
const GZIP = { level: 4 };
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: 9_000_000 } };

type Encoding = 'br' | 'gzip' | 'identity';

interface Page {
  readonly bytes: Readonly<Record<Encoding, Buffer>>;
  readonly policy: string;
  readonly digest: string;
}

function sha256(text: string, encoding: 'base64' | 'base64url'): string {
  return createHash('sha256').update(text).digest(encoding);
}

/** The page's one script; its text contains `<script>`, so the first opening and the last closing tag bound it. */
function inlineScript(html: string): string {
  return html.slice(html.indexOf('<script>') + '<script>'.length, html.lastIndexOf('</script>'));
}

/** Everything is in the page: no source but the server itself, and workers from blobs the page makes. */
function policyFor(html: string): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${sha256(inlineScript(html), 'base64')}' blob:`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

async function makePage(): Promise<Page> {
  // Loaded when first asked for: the module is one string of 9 MB.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const rendered = renderGraphiQL({
    title: 'realtime-svg playground',
    defaultTabs: PLAYGROUND_TABS,
    // Over fetch, so that the header editor's Authorization goes with it.
    subscriptionsProtocol: 'GRAPHQL_SSE',
    credentials: 'omit',
    shouldPersistHeaders: true,
    favicon: ICON,
  });
  const html = inOurLook(rendered);
  const identity = Buffer.from(html);
  const [br, gzipped] = await Promise.all([
    promisify(brotliCompress)(identity, BROTLI),
    promisify(gzip)(identity, GZIP),
  ]);
  return { bytes: { br, gzip: gzipped, identity }, policy: policyFor(html), digest: sha256(html, 'base64url') };
}

/** The first of our encodings that the client takes. */
function encodingFor(accepted: string | undefined): Encoding {
  return (['br', 'gzip'] as const).find((coding) => acceptsCoding(accepted, coding)) ?? 'identity';
}

/** A browser that navigates here. Even with a query: GraphiQL keeps the one being edited in the page's address. */
export function wantsPlayground({ method, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html');
}

/** GraphiQL in one page that loads nothing else, made and compressed at the first visit and kept. */
export function createPlayground() {
  let page: Promise<Page> | null = null;

  return async function sendPlayground({ headers }: FastifyRequest, reply: FastifyReply) {
    page ??= makePage();
    const { bytes, policy, digest } = await page;
    const encoding = encodingFor(headers['accept-encoding']);
    const etag = `"${digest}-${encoding}"`;
    addVary(reply, 'Accept-Encoding');
    reply.headers({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-cache',
      ETag: etag,
    });
    if (headers['if-none-match']?.split(',').some((known) => known.trim().replace(/^W\//, '') === etag)) {
      return reply.status(304).send();
    }
    if (encoding !== 'identity') reply.header('Content-Encoding', encoding);
    return reply.type('text/html; charset=utf-8').send(bytes[encoding]);
  };
}
