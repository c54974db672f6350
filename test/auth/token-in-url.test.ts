import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';

test('a token in a URL is refused wherever tokens are read, and never logged', async () => {
  const app = await appForTest();
  for (const name of [
    'access_token',
    'token',
    'api_key',
    'authorization',
    'refresh_token',
    'Access_Token',
    '%74oken',
  ]) {
    const { status, body } = await call(app.url, 'GET', `/api/session/x?a=1&${name}=s3cret-token`);
    expect([name, status, body.code]).toEqual([name, 400, 'BAD_USER_INPUT']);
    expect(body.error).toContain('Authorization: Bearer');
  }
  const graphql = await fetch(`${app.url}/graphql?query={me{id}}&access_token=s3cret-token`);
  expect([graphql.status, await graphql.text()]).toEqual([400, expect.stringContaining('BAD_USER_INPUT')]);
  const socket = new WebSocket(`ws://127.0.0.1:${app.port}/graphql?token=s3cret-token`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  expect(response.statusCode).toBe(400);
  // A picture's address is no place where tokens are read: there it is a parameter like any unknown one.
  expect((await call(app.url, 'GET', '/snapshot/none?token=s3cret-token')).status).toBe(404);
  expect(app.log.join('')).not.toContain('s3cret');
});
