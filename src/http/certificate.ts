import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:tls';
import type { Log } from '../log.ts';

/** A certificate with its chain, and its key, in PEM; the certificate's validity in milliseconds since 1970. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
  readonly validFrom: number;
  readonly validTo: number;
}

/** How often the files are looked at. Whoever renews them once in weeks need not tell the server. */
const LOOK_EVERY_MS = 60_000;

export interface CertificateOptions {
  /** @throws Error whose message says what is wrong with the files, and holds no secret */
  readonly read: () => KeyPair;
  readonly log: Log;
  /** Milliseconds; default: a minute. */
  readonly lookEveryMs?: number;
}

export interface Certificate {
  readonly keyPair: KeyPair;
  /** Reads the files now: new connections get what is in them, if it can be used; else what they got before. */
  renew(): void;
  /** From now on this server follows the files. */
  serveWith(server: Server): void;
  close(): void;
}

/** Reads a certificate and its key, and keeps a server on the newest pair that can be used. @throws as `read` does */
export function openCertificate({ read, log, lookEveryMs = LOOK_EVERY_MS }: CertificateOptions): Certificate {
  let keyPair = read();
  let server: TlsServer | null = null;
  let complaint: string | null = null;
  tellValidity(keyPair, log);

  function readAgain(): KeyPair | null {
    try {
      const found = read();
      complaint = null;
      return found;
    } catch (error) {
      const { message } = error as Error;
      // A pair is often replaced one file after the other; what stays wrong is told once, not each minute.
      if (message !== complaint) log.error({ event: 'certificate', message }, 'the certificate in use is kept');
      complaint = message;
      return null;
    }
  }

  function renew() {
    const found = readAgain();
    if (found === null || (found.cert === keyPair.cert && found.key === keyPair.key)) return;
    server?.setSecureContext({ cert: found.cert, key: found.key });
    keyPair = found;
    log.info({ event: 'certificate', validTo: new Date(found.validTo) }, 'certificate renewed');
    tellValidity(found, log);
  }

  const timer = setInterval(renew, lookEveryMs).unref();
  return {
    get keyPair() {
      return keyPair;
    },
    renew,
    serveWith(http) {
      if (http instanceof TlsServer) server = http;
    },
    close: () => clearInterval(timer),
  };
}

function tellValidity({ validFrom, validTo }: KeyPair, log: Log): void {
  const now = Date.now();
  const fields = { event: 'certificate', validFrom: new Date(validFrom), validTo: new Date(validTo) };
  if (validTo < now) log.warn(fields, 'the certificate has expired: clients will refuse it');
  else if (validFrom > now) log.warn(fields, 'the certificate is not valid yet: clients will refuse it');
}
