import { computed, signal } from '@preact/signals';
import { RequestError, unreachable } from '../../client/request-error.ts';
import { forget, recall, remember } from './remembered.ts';

/** Says that a refresh cookie is worth trying, and nothing else: who has it is anonymous without the cookie. */
const HINT = 'rsvg.signed-in';

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
export const known = signal(recall(HINT) === null);

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
  remember(HINT, '1');
}

function forgetAccess(): void {
  access.value = null;
  forget(HINT);
}

let renewal: Promise<boolean> | null = null;

async function renewOnce(): Promise<boolean> {
  const response = await ask('refresh', {});
  if (response.status === 401) {
    forgetAccess();
    return false;
  }
  await accept(response);
  return true;
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
  if (!known.value) await renew().catch(() => {});
  const { endsAt = 0 } = access.value ?? {};
  if (access.value !== null && endsAt - Date.now() < RENEW_BEFORE_MS) await renew().catch(() => {});
  return access.value === null ? null : `Bearer ${access.value.token}`;
}

/** @param claim makes the user id theirs who come first */
export async function signIn(userId: string, password: string, claim: boolean): Promise<void> {
  await accept(await ask(claim ? 'register' : 'login', { user_id: userId, password, cookie: true }));
  known.value = true;
}

/** Ends this browser's sign-in. Others are ended by the mutation `signOut`. */
export async function signOut(): Promise<void> {
  forgetAccess();
  await ask('logout', {});
}

/** Another tab signed out or in. */
addEventListener('storage', ({ key, newValue }) => {
  if (key !== HINT) return;
  if (newValue === null) access.value = null;
  else if (access.value === null) void renew().catch(() => {});
});
