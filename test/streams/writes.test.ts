import { Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { readMultipart } from '../harness/multipart-reader.ts';

const VIEWERS = 20;
const FRAMES = 5;

it('costs one write of one Buffer, the same for all viewers, for each frame, and none that only waits', async () => {
  const app = await appForTest();
  await call(app.url, 'POST', '/api/session', { session_id: 's', template: TEXT_TEMPLATE, args: { n: 0 } });
  const writes: { readonly socket: Socket; readonly bytes: unknown; readonly calledBack: boolean }[] = [];
  const write = vi.spyOn(Socket.prototype, 'write');
  onTestFinished(() => write.mockRestore());
  const real = write.getMockImplementation() ?? Object.getPrototypeOf(Socket.prototype).write;
  write.mockImplementation(function (this: Socket, bytes: unknown, ...rest: unknown[]) {
    if (this.localPort === app.port && String(bytes).includes('<text'))
      writes.push({ socket: this, bytes, calledBack: rest.some((each) => typeof each === 'function') });
    return Reflect.apply(real, this, [bytes, ...rest]);
  } as typeof Socket.prototype.write);

  const paths = Array.from({ length: VIEWERS }, (_, n) => `/stream/s?fps=${n % 2 === 0 ? 60 : 120}`);
  const viewers = await Promise.all(paths.map((path) => readMultipart(app.port, path)));
  await Promise.all(viewers.map((viewer) => viewer.until('>0<')));
  for (let n = 1; n <= FRAMES; n += 1) {
    writes.length = 0;
    await call(app.url, 'PUT', '/api/session/s', { args: { n } });
    await Promise.all(viewers.map((viewer) => viewer.until(`>${n}<`)));
    expect(new Set(writes.map(({ socket }) => socket)).size).toBe(VIEWERS);
    expect(writes).toHaveLength(VIEWERS);
    const [first] = writes;
    expect(first?.bytes).toBeInstanceOf(Buffer);
    expect(writes.every(({ bytes, calledBack }) => bytes === first?.bytes && !calledBack)).toBe(true);
    expect(String(first?.bytes)).toBe(
      `${TEXT_TEMPLATE.replace('{{ n }}', String(n))}\r\n--frame\r\nContent-Type: image/svg+xml\r\n\r\n`,
    );
  }
});
