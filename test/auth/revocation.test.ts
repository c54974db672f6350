import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { ask, onTwoNodes, refresh, signIn, verdict } from './nodes.ts';

/** What is revoked on one server is refused on the other within a second; the rest is room for a busy machine. */
const SOON = { timeout: 4000, interval: 20 };

onTwoNodes('a revoked token', {}, (nodes) => {
  const refusedSoon = (token: string) => expect.poll(() => verdict(nodes.two, token), SOON).toBe('UNAUTHENTICATED');

  test('is refused at once where its user signed out, soon on the other server that remembers it, and for good', async () => {
    const { accessToken, refreshToken } = await signIn(nodes.one, 'alice');
    const other = await signIn(nodes.one, 'alice');
    expect(await verdict(nodes.two, accessToken)).toBeNull();
    expect(await ask(nodes.one, 'mutation { signOut }', accessToken)).toEqual({ signOut: true });
    expect(await verdict(nodes.one, accessToken)).toBe('UNAUTHENTICATED');
    await refusedSoon(accessToken);
    await expect(refresh(nodes.two, refreshToken)).rejects.toThrow('UNAUTHENTICATED');
    expect(await verdict(nodes.two, other.accessToken)).toBeNull();
  });

  test('is one of a sign-in that was ended from another, and of nobody else', async () => {
    const lost = await signIn(nodes.one, 'ivy');
    const here = await signIn(nodes.one, 'ivy');
    const stranger = await signIn(nodes.one, 'jack');
    const sid = decodeJwt(lost.accessToken).sid;
    const end = `mutation { endSignIn(id: "${sid}") }`;
    await expect(ask(nodes.one, end, stranger.accessToken)).rejects.toThrow('NOT_FOUND');
    expect(await verdict(nodes.one, lost.accessToken)).toBeNull();
    expect(await ask(nodes.one, end, here.accessToken)).toEqual({ endSignIn: sid });
    expect(await verdict(nodes.one, lost.accessToken)).toBe('UNAUTHENTICATED');
    await refusedSoon(lost.accessToken);
    await expect(refresh(nodes.two, lost.refreshToken)).rejects.toThrow('UNAUTHENTICATED');
    expect(await verdict(nodes.two, here.accessToken)).toBeNull();
    await expect(ask(nodes.one, end, here.accessToken)).rejects.toThrow('NOT_FOUND');
  });

  test('is one by sign-out with its refresh token alone, and a second time nothing is left to end', async () => {
    const { accessToken, refreshToken } = await signIn(nodes.one, 'bob');
    const signOut = `mutation { signOut(refreshToken: "${refreshToken}") }`;
    expect(await ask(nodes.one, signOut)).toEqual({ signOut: true });
    expect(await verdict(nodes.one, accessToken)).toBe('UNAUTHENTICATED');
    expect(await ask(nodes.one, signOut)).toEqual({ signOut: false });
    expect(await ask(nodes.one, 'mutation { signOut(refreshToken: "nonsense") }')).toEqual({ signOut: false });
    await expect(ask(nodes.one, 'mutation { signOut }')).rejects.toThrow('UNAUTHENTICATED');
  });

  test('is every one of the user after a sign-out everywhere, but no later one', async () => {
    const before = [await signIn(nodes.one, 'carol'), await signIn(nodes.two, 'carol')];
    const [mine] = before;
    const listed = await ask(nodes.one, '{ signIns { id current agent } }', mine?.accessToken);
    const sids = before.map(({ accessToken }) => decodeJwt(accessToken).sid);
    expect(new Set(listed.signIns.map(({ id }: { id: string }) => id))).toEqual(new Set(sids));
    expect(listed.signIns.filter(({ current }: { current: boolean }) => current)).toMatchObject([{ id: sids[0] }]);
    await ask(nodes.one, 'mutation { signOut(everywhere: true) }', mine?.accessToken);
    const after = await signIn(nodes.one, 'carol');
    for (const { accessToken } of before) await refusedSoon(accessToken);
    expect(await verdict(nodes.one, after.accessToken)).toBeNull();
    expect(await verdict(nodes.two, after.accessToken)).toBeNull();
  });

  test('is every other one of the user after a change of the password', async () => {
    const other = await signIn(nodes.two, 'dave');
    const mine = await signIn(nodes.one, 'dave');
    const change = (current: string, next: string) =>
      ask(nodes.one, `mutation { changePassword(current: "${current}", next: "${next}") }`, mine.accessToken);
    await expect(change('wrong password', 'next password')).rejects.toThrow('UNAUTHENTICATED');
    await expect(change('dave password', 'short')).rejects.toThrow('BAD_USER_INPUT');
    expect(await change('dave password', 'next password')).toEqual({ changePassword: true });
    await refusedSoon(other.accessToken);
    expect(await verdict(nodes.two, mine.accessToken)).toBeNull();
    expect(await refresh(nodes.two, mine.refreshToken)).toMatchObject({ expiresIn: 900 });
    await expect(signIn(nodes.two, 'dave')).rejects.toThrow('UNAUTHENTICATED');
    expect(await signIn(nodes.two, 'dave', 'next password')).toMatchObject({ created: false });
  });
});
