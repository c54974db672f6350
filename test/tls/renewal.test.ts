import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import pino from 'pino';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { openCertificate } from '../../src/http/certificate.ts';
import { appForTest } from '../harness/app.ts';
import { openHttp2 } from '../harness/http2-client.ts';
import { makeSelfSigned, pemFolder, type SelfSigned } from '../harness/self-signed.ts';
import { startServer } from '../harness/server-process.ts';

let files: ReturnType<typeof pemFolder>;
beforeEach(() => {
  files = pemFolder();
});
afterEach(() => files.remove());

const write = ({ cert, key }: SelfSigned) => ({
  tlsCert: files.write('cert.pem', cert),
  tlsKey: files.write('key.pem', key),
});

/** The certificate that a new connection is shown, in PEM without line ends. */
async function shownAt(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return raw.toString('base64');
}

const base64 = ({ cert }: SelfSigned) => cert.split('\n').slice(1, -2).join('');

it.skipIf(process.platform === 'win32')(
  'SIGHUP gives new connections the new certificate, and old ones go on',
  async () => {
    const first = makeSelfSigned();
    const { tlsCert, tlsKey } = write(first);
    const server = await startServer(
      ...['--data-dir', ':memory:', '--demo', 'off', '--tls-cert', tlsCert, '--tls-key', tlsKey],
    );
    expect(await shownAt(server.port)).toBe(base64(first));
    const open = await openHttp2(server.url);

    const second = makeSelfSigned();
    files.write('cert.pem', second.cert);
    server.signal('SIGHUP');
    await expect.poll(server.output).toContain('the certificate in use is kept');
    expect(server.output()).toContain('TLS_KEY is not the key of the certificate in TLS_CERT');
    expect(await shownAt(server.port)).toBe(base64(first));

    files.write('key.pem', second.key);
    server.signal('SIGHUP');
    await expect.poll(server.output).toContain('certificate renewed');
    expect(await shownAt(server.port)).toBe(base64(second));
    expect(await open.ask('/health').status).toBe(200);
    expect(await (await openHttp2(server.url)).ask('/health').status).toBe(200);
  },
);

it('files that change are found without a word, and what is wrong with them is told once', async () => {
  const pairs = [makeSelfSigned(), makeSelfSigned()] as const;
  let read = () => ({ ...pairs[0], validFrom: 0, validTo: Date.now() + 1000 });
  const log: string[] = [];
  const certificate = openCertificate({
    read: () => read(),
    log: pino({}, { write: (line) => log.push(line) }),
    lookEveryMs: 5,
  });
  onTestFinished(certificate.close);
  const server = createServer(certificate.keyPair);
  certificate.serveWith(server);
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await shownAt(port)).toBe(base64(pairs[0]));

  let reads = 0;
  read = () => {
    reads += 1;
    throw new Error('half written');
  };
  await expect.poll(() => reads).toBeGreaterThan(3);
  expect(log.filter((line) => line.includes('half written'))).toHaveLength(1);
  expect(await shownAt(port)).toBe(base64(pairs[0]));

  read = () => ({ ...pairs[1], validFrom: 0, validTo: Date.now() - 1000 });
  await expect.poll(() => shownAt(port)).toBe(base64(pairs[1]));
  expect(log.at(-1)).toContain('the certificate has expired');
});

it('an expired certificate and one that is not valid yet are served, with a warning in the log', async () => {
  const day = 86_400_000;
  const old = await appForTest(write(makeSelfSigned({ from: new Date(2020, 0), to: new Date(2020, 1) })));
  expect(old.log.join('')).toContain('the certificate has expired');
  const early = { from: new Date(Date.now() + day), to: new Date(Date.now() + 2 * day) };
  const young = await appForTest(write(makeSelfSigned(early)));
  expect(young.log.join('')).toContain('the certificate is not valid yet');
  expect(await (await openHttp2(old.url)).ask('/health').status).toBe(200);
});
