import { expect, test } from 'vitest';
import { openAnswer, sealAnswer } from '../../src/auth/sealed-answer.ts';

test('an answer is read with the token that it was sealed for, and with nothing else', () => {
  const answer = JSON.stringify({ token: 'ünd 😀', n: 1 });
  const sealed = sealAnswer('rsvr_right', answer);
  expect(openAnswer('rsvr_right', sealed)).toBe(answer);
  expect(() => openAnswer('rsvr_wrong', sealed)).toThrow();
  expect(Buffer.from(sealed, 'base64url').includes('token')).toBe(false);
  expect(sealAnswer('rsvr_right', answer)).not.toBe(sealed);
});

test('a sealed answer of which one bit was changed is not opened', () => {
  const bytes = Buffer.from(sealAnswer('t', 'answer'), 'base64url');
  for (const at of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => openAnswer('t', changed.toString('base64url'))).toThrow();
  }
  expect(() => openAnswer('t', bytes.subarray(0, 27).toString('base64url'))).toThrow();
});
