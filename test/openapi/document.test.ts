import { readFileSync } from 'node:fs';
import type { RouteOptions } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type App, createApp } from '../../src/app.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { testConfig } from '../harness/app.ts';
import { createAnswerCheck } from '../harness/openapi.ts';

// biome-ignore lint/suspicious/noExplicitAny: the whole document, read where a test looks.
let document: any;
type Operation = typeof document;
let app: App;
let routes: readonly RouteOptions[];

beforeAll(async () => {
  app = await createApp(testConfig(), pino({ level: 'silent' }));
  const answer = await app.http.inject('/openapi.json');
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  document = answer.json();
  routes = app.http.knownRoutes.all;
});
afterAll(() => app.close());

/** `GET /api/session/{name}` for all that the document has. */
function operations(): { readonly name: string; readonly path: string; readonly operation: Operation }[] {
  return Object.entries<object>(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
  );
}
const names = () => operations().map(({ name }) => name);

/** What people and GraphQL clients ask for. */
const NOT_REST =
  /^(?:\/(?:|graphql|metrics|sessions|new|keys|account|sign-in|embed\.js)|\/(?:assets|session|edit|live)\/.*)$/;

describe('the OpenAPI document', () => {
  it('has exactly the routes that the server has', () => {
    const served = routes
      .filter(({ url }) => url !== '*' && !NOT_REST.test(url) && !url.endsWith('/'))
      .flatMap(({ method, url }) => [method].flat().map((one) => `${one} ${url.replace(/:(\w+)/g, '{$1}')}`))
      .filter((name) => !name.startsWith('HEAD '));
    expect(names().sort()).toEqual(served.sort());
  });

  it('has exactly the routes that docs/http.md names', () => {
    const named = readFileSync('docs/http.md', 'utf8').matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[^`\s]*)`/g);
    expect(names().sort()).toEqual([...named].map(([, name]) => name).sort());
  });

  it('is of version 3.1 and names the version of the package', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({
      title: 'realtime-svg',
      version: JSON.parse(readFileSync('package.json', 'utf8')).version,
    });
  });

  it('declares each path parameter once, and no other', () => {
    for (const { name, path, operation } of operations()) {
      const declared = (operation.parameters ?? []).filter((parameter: { in: string }) => parameter.in === 'path');
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      expect(
        declared.map((parameter: { name: string }) => parameter.name),
        name,
      ).toEqual(inPath);
      for (const parameter of operation.parameters ?? []) {
        expect(parameter, name).toMatchObject({ description: expect.any(String), schema: { type: 'string' } });
        if (parameter.in === 'path') expect(parameter.required).toBe(true);
      }
    }
  });

  it('has an id of its own, a summary, a known tag and known security for each operation', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map((tag: { name: string }) => tag.name);
    for (const { name, operation } of operations()) {
      expect(operation.summary, name).toEqual(expect.any(String));
      expect(tags, name).toEqual(expect.arrayContaining(operation.tags));
      for (const scheme of operation.security.flatMap(Object.keys)) {
        expect(document.components.securitySchemes, name).toHaveProperty(scheme);
      }
    }
    expect([...new Set(operations().flatMap(({ operation }) => operation.tags))].sort()).toEqual(tags.sort());
  });

  it('has a success and a described refusal for each operation, and every content of a schema', () => {
    for (const { name, operation } of operations()) {
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => /^2\d\d$/.test(status)),
        name,
      ).toBe(true);
      expect(
        statuses.every((status) => /^[1-5]\d\d$/.test(status)),
        name,
      ).toBe(true);
      for (const response of Object.values<{ $ref?: string; description?: string }>(operation.responses)) {
        expect(response.$ref ?? response.description, name).toEqual(expect.any(String));
      }
    }
  });

  it('has references that lead somewhere, and uses every component', () => {
    const used = new Set<string>();
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('$ref' in node) used.add(String(node.$ref));
      for (const part of Object.values(node)) visit(part);
    };
    visit(document);
    const { securitySchemes: _named, ...components } = document.components;
    const there = Object.entries<object>(components).flatMap(([kind, parts]) => {
      return Object.keys(parts).map((key) => `#/components/${kind}/${key}`);
    });
    expect([...used].sort()).toEqual(there.sort());
  });

  it('has JSON Schemas that can be read, and one list of error codes', () => {
    const schemas: Parameters<typeof z.fromJSONSchema>[0][] = [];
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('schema' in node && !('$ref' in (node.schema as object)))
        schemas.push(node.schema as object as (typeof schemas)[number]);
      for (const part of Object.values(node)) visit(part);
    };
    visit(document);
    expect(schemas.length).toBeGreaterThan(20);
    for (const schema of schemas) expect(() => z.fromJSONSchema(schema), JSON.stringify(schema)).not.toThrow();
    expect(document.components.schemas.Refusal.properties.code.enum).toEqual(ERROR_CODES);
  });

  it('says what a body must have and what it may leave out', () => {
    const { schema } = document.paths['/api/session'].post.requestBody.content['application/json'];
    expect(schema.required).toEqual(['session_id', 'template']);
    expect(schema.properties).toMatchObject({ args: { type: 'object', default: {} }, expire: { default: '1d' } });
  });
});

describe('the check of every REST answer in the tests', () => {
  const type = 'application/json; charset=utf-8';
  const refusal = JSON.stringify({ error: 'x', code: 'NOT_FOUND' });
  it.each([
    ['an unknown status', 'GET', '/health', { status: 204, type: null, text: '' }],
    ['another content type', 'GET', '/health', { status: 200, type: 'text/html', text: '{"status":"ok"}' }],
    ['a body of another shape', 'GET', '/api/session/x', { status: 200, type, text: '{"session_id":1}' }],
    ['an unknown code', 'GET', '/api/session/x', { status: 404, type, text: '{"error":"x","code":"NO"}' }],
    ['a body where there is none', 'DELETE', '/api/user/a/session/b', { status: 204, type, text: '{}' }],
    ['another answer than 404 where nothing is', 'GET', '/api/nothing', { status: 400, type, text: refusal }],
    ['another answer than 405 to another method', 'DELETE', '/health', { status: 404, type, text: refusal }],
  ])('finds %s', (_what, method, path, answer) => {
    expect(() => createAnswerCheck(document)(method, path, answer)).toThrow(path);
  });
});
