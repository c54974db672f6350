import { computed, signal } from '@preact/signals';
import { RequestError, unreachable } from '../../client/request-error.ts';
import { forget, recall, remember } from './remembered.ts';

/** Who was signed in last: that a refresh cookie is worth trying, and whose it has to be. No secret. */
const REMEMBERED = 'rsvg.user';

/** A token is renewed this long before it ends. */
const RENEW_BEFORE_MS = 60_000;

interface Access {
  readonly userId: string;
  readonly token: string;
  readonly endsAt: number;
}

const access = signal<Access | null>(null);

/** The user id; null: anonymous. */
export const me = computed(() => access.value?.userId ?? null);

/** Whether it is known by now who is there. */
export const known = signal(recall(REMEMBERED) === null);

/** Whether pages are drawn for somebody: before it is known, who was signed in last is, as a rule, there still. */
export const isExpected = computed(() => !known.value || me.value !== null);

/** Whose sign-in has ended without their doing; null: nobody's. */
export const ended = signal<string | null>(null);

interface TokenAnswer {
  readonly token: string;
  readonly expires_in: number;
  readonly user_id: string;
}

async function ask(path: string, body: object): Promise<Response> {
  try {
    return await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw unreachable(error);
  }
}

async function accept(response: Response): Promise<void> {
  const answer = await response.json();
  if (!response.ok) {
    const { error, code, ...details } = answer;
    throw new RequestError(code, error, details);
  }
  const { token, expires_in, user_id } = answer as TokenAnswer;
  access.value = { userId: user_id, token, endsAt: Date.now() + expires_in * 1000 };
  ended.value = null;
  remember(REMEMBERED, user_id);
}

function forgetAccess(): void {
  access.value = null;
  forget(REMEMBERED);
}

let renewal: Promise<boolean> | null = null;

async function renewOnce(): Promise<boolean> {
  const remembered = recall(REMEMBERED);
  const response = await ask('refresh', {});
  // 422: there is no cookie.
  if (response.status === 401 || response.status === 422) {
    ended.value = remembered;
    forgetAccess();
    return false;
  }
  await accept(response);
  if (remembered === null || remembered === me.value) return true;
  // Another site of the same domain can plant its own cookie, and so sign somebody in as somebody else.
  await signOut();
  return false;
}

/** The next access token for the cookie. @returns false: the sign-in has ended */
export function renew(): Promise<boolean> {
  renewal ??= renewOnce().finally(() => {
    renewal = null;
    known.value = true;
  });
  return renewal;
}

/** The value of the `Authorization` header; null: anonymous. */
export async function authorization(): Promise<string | null> {
  const { endsAt = 0 } = access.value ?? {};
  // A server that did not answer before may answer now.
  if (recall(REMEMBERED) !== null && endsAt - Date.now() < RENEW_BEFORE_MS) await renew().catch(() => {});
  return access.value === null ? null : `Bearer ${access.value.token}`;
}

/** @param claim makes the user id theirs who come first */
export async function signIn(userId: string, password: string, claim: boolean): Promise<void> {
  await accept(await ask(claim ? 'register' : 'login', { user_id: userId, password, remember: 'cookie' }));
  known.value = true;
}

/** Ends this browser's sign-in. Others are ended by the mutation `signOut`. */
export async function signOut(): Promise<void> {
  ended.value = null;
  forgetAccess();
  await ask('logout', {});
}

if (!known.value) void renew().catch(() => {});

/** Another tab signed out or in. */
addEventListener('storage', ({ key, newValue }) => {
  if (key !== REMEMBERED) return;
  if (newValue !== access.value?.userId) access.value = null;
  if (newValue !== null && access.value === null) void renew().catch(() => {});
});
