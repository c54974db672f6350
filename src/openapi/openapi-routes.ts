import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { PAGE_HEADERS } from '../console/page-headers.ts';
import type { Operation } from '../http/operation.ts';
import { docsPage } from './docs-page.ts';
import { openapiDocument } from './document.ts';

const describeApi: Operation = {
  tag: 'Service',
  summary: 'This document',
  answers: { 200: { description: 'OpenAPI 3.1', body: z.looseObject({ openapi: z.string() }) } },
};

const readAndTry: Operation = {
  tag: 'Service',
  summary: 'This document as a page to read and to try it',
  answers: { 200: { description: 'The page.', type: 'text/html', body: z.string() } },
};

/** `GET /openapi.json`, and `GET /docs` for people. @param version of the package */
export function openapiRoutes(version: string): FastifyPluginAsync {
  return async (fastify) => {
    let text = '';
    // Only now every route is known.
    fastify.addHook('onReady', async () => {
      text = JSON.stringify(openapiDocument(fastify.knownRoutes.all, version));
    });

    fastify.get('/openapi.json', { config: { operation: describeApi } }, (_request, reply) =>
      reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(text),
    );

    const page = docsPage();
    fastify.get('/docs', { config: { operation: readAndTry } }, (_request, reply) =>
      reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(page),
    );
  };
}
