import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(() => app.close());

describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  // The address is known only once the server runs, the names already now.
  const audits = (url: string) => serverAudits({ url: `${url}/graphql`, fetchFn: fetch });

  test.each(audits('http://localhost').map(({ id, name }) => [id, name] as const))('%s: %s', async (id) => {
    const audit = audits(app.url).find((each) => each.id === id);
    const result = await audit?.fn();
    expect(result?.status === 'ok' ? 'ok' : (result as { reason?: string } | undefined)?.reason).toBe('ok');
  });
});
