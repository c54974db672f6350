import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { onTwoNodes, refresh, signIn, verdict } from './nodes.ts';

onTwoNodes('a refresh token', {}, (nodes) => {
  test('yields the next pair, of the same sign-in, on another server too', async () => {
    const first = await signIn(nodes.one, 'alice');
    const second = await refresh(nodes.two, first.refreshToken);
    expect(second).toMatchObject({ refreshToken: expect.stringMatching(/^rsvr_/), expiresIn: 900 });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const [before, after] = [decodeJwt(first.accessToken), decodeJwt(second.accessToken)];
    expect(after).toMatchObject({ sub: 'alice', sid: before.sid, uid: before.uid });
    expect(after.jti).not.toBe(before.jti);
    expect(await verdict(nodes.one, second.accessToken)).toBeNull();
    expect((await refresh(nodes.one, second.refreshToken)).refreshToken).not.toBe(second.refreshToken);
  });

  test('that comes from fifty connections on two servers at once makes one new pair, which all are answered', async () => {
    const { refreshToken } = await signIn(nodes.one, 'storm');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => refresh(n % 2 ? nodes.one : nodes.two, refreshToken)),
    );
    expect(new Set(answers.map((pair) => JSON.stringify(pair)))).toHaveLength(1);
    const [pair] = answers;
    expect(await verdict(nodes.two, pair?.accessToken ?? '')).toBeNull();
    expect(await refresh(nodes.two, pair?.refreshToken ?? '')).toMatchObject({ expiresIn: 900 });
  });

  test('that is not one is refused', async () => {
    const { accessToken, refreshToken } = await signIn(nodes.one, 'bob');
    const otherSecret = `${refreshToken.slice(0, 40)}${'a'.repeat(refreshToken.length - 40)}`;
    for (const wrong of ['', 'rsvr_', otherSecret, accessToken, `rsvg_${refreshToken.slice(5)}`, '*', 'bob']) {
      await expect(refresh(nodes.one, wrong)).rejects.toThrow('UNAUTHENTICATED');
    }
    expect(await verdict(nodes.one, refreshToken)).toBe('UNAUTHENTICATED');
    expect(await refresh(nodes.one, refreshToken)).toMatchObject({ expiresIn: 900 });
  });
});
