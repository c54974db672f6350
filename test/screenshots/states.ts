import type { Page } from 'playwright-core';

/** A page in one of its states. */
export interface State {
  readonly name: string;
  readonly path: string;
  readonly signedIn: boolean;
  /** Brings the page into the state; the picture is taken after it. */
  readonly reach: (page: Page) => Promise<unknown>;
}

const shown = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();

function state(name: string, path: string, reach: State['reach'] | string, signedIn = true): State {
  return { name, path, signedIn, reach: typeof reach === 'string' ? shown(reach) : reach };
}

/** What is asked stays unanswered, as on a slow line. */
const unanswered = async (page: Page) => {
  await page.route('**/graphql', () => {});
  await page.reload();
  await shown('[aria-busy=true]')(page);
};

const unreachable = async (page: Page) => {
  await page.route('**/graphql', (route) => route.abort());
  await page.reload();
  await shown('.notice, .alert')(page);
};

const brokenTemplate = async (page: Page) => {
  await shown('.preview:not(.stale) img')(page);
  await page.locator('.cm-content').first().press('Control+Home');
  await page.keyboard.type('{{ 1 + }}');
  await shown('.cm-lintRange-error')(page);
};

/** @param push changes the args of the picture as somebody else would */
const conflict = (push: () => Promise<unknown>) => async (page: Page) => {
  await shown('.preview:not(.stale) img')(page);
  await page.locator('.arg input[type=number]').first().fill('12');
  await push();
  await page.keyboard.press('Control+s');
  await page.locator('.page-head button.button').last().click();
  await shown('.dialog')(page);
};

const json = async (page: Page) => {
  await shown('.stage img')(page);
  await page.locator('.args [role=tab]').nth(1).click();
  await shown('.args .cm-content')(page);
};

const clicked = (selector: string, then: string) => async (page: Page) => {
  await page.locator(selector).first().click();
  await shown(then)(page);
};

/** For a server with the demo, on which alice has pictures. */
export function states(push: () => Promise<unknown>): readonly State[] {
  return [
    state('welcome', '/', '.demo img', false),
    state('sign-in', '/sign-in', 'form', false),
    state(
      'sign-in-wrong',
      '/sign-in',
      async (page) => {
        await page.locator('input[name=username]').fill('alice');
        await page.locator('input[name=password]').fill('wrong');
        await page.locator('form button[type=submit]').click();
        await shown('.fault:not(:empty)')(page);
      },
      false,
    ),
    state('signed-out', '/sessions', '.notice', false),
    state('session-of-another', '/session/alice/gauge', '.stage img', false),
    state('gallery', '/new', '.template:nth-child(5) .picture img'),
    state('gallery-loading', '/new', unanswered),
    state('gallery-error', '/new', unreachable),
    state('new', '/new?template=gauge', '.preview:not(.stale) img'),
    state('new-broken', '/new?template=gauge', brokenTemplate),
    state('sessions', '/sessions', '.session-card .picture img'),
    state('sessions-loading', '/sessions', unanswered),
    state('sessions-error', '/sessions', unreachable),
    state('sessions-delete', '/sessions', async (page) => {
      await clicked('.session-card .menu > button', '.menu-items')(page);
      await clicked('.menu-items .bad', '.dialog')(page);
    }),
    state('session', '/session/alice/gauge', '.arg-list[aria-busy=false]'),
    state('session-json', '/session/alice/gauge', json),
    state('session-loading', '/session/alice/gauge', unanswered),
    state('session-unknown', '/session/alice/nothing', '.notice'),
    state('edit', '/edit/alice/gauge', '.preview:not(.stale) img'),
    state('edit-conflict', '/edit/alice/gauge', conflict(push)),
    state('keys', '/keys', '.line-item, .empty'),
    state('keys-new', '/keys', clicked('main button.button', '.dialog')),
    state('account', '/account', '.line-item'),
    state('not-found', '/nowhere', '.notice'),
    state('docs', '/docs', '.operation'),
    state('docs-open', '/docs#postApiSession', '.operation[open]'),
    state('playground', '/graphql', '.graphiql-tab'),
  ];
}
