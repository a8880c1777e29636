/** TLS where no proxy is in front: a certificate and its key, read at the start and again whenever the files change. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import type { Logger } from 'pino';
import { ConfigurationError, type Configuration } from '../configuration.js';

export interface TlsFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** In PEM format. */
export interface TlsKeys {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Milliseconds between two looks at the files. */
const lookEvery = 2_000;

export type Renewable = Pick<Server, 'setSecureContext'>;

/**
 * Null where neither file is set.
 * @throws ConfigurationError where only one is
 */
export function tlsFilesOf({ TLS_CERT_FILE, TLS_KEY_FILE }: Configuration): TlsFiles | null {
  if (TLS_CERT_FILE === '' && TLS_KEY_FILE === '') return null;
  if (TLS_CERT_FILE === '' || TLS_KEY_FILE === '') {
    const [missing, given] =
      TLS_CERT_FILE === '' ? ['TLS_CERT_FILE', 'TLS_KEY_FILE'] : ['TLS_KEY_FILE', 'TLS_CERT_FILE'];
    throw new ConfigurationError([`${missing} is not set, but ${given} is: TLS needs both`]);
  }
  return { certificateFile: TLS_CERT_FILE, keyFile: TLS_KEY_FILE };
}

/**
 * Relative paths start at the working directory.
 * @throws ConfigurationError naming the variable whose file cannot be read, or holds something else. Never quotes a file.
 */
export function readTlsKeys({ certificateFile, keyFile }: TlsFiles): TlsKeys {
  const cert = contentOf('TLS_CERT_FILE', certificateFile);
  const key = contentOf('TLS_KEY_FILE', keyFile);
  const certificate = held('TLS_CERT_FILE', certificateFile, 'certificate', () => new X509Certificate(cert));
  const privateKey = held('TLS_KEY_FILE', keyFile, 'private key without a passphrase', () =>
    createPrivateKey(key),
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ConfigurationError([
      `TLS_KEY_FILE is "${keyFile}", but that is not the key of the certificate in TLS_CERT_FILE, "${certificateFile}"`,
    ]);
  }
  return { cert, key };
}

/**
 * Takes a renewed certificate without a restart. New connections get it; those that are open go on with the old one.
 * Files that do not fit each other change nothing: they are written one after the other.
 */
export function followRenewals(server: Renewable, files: TlsFiles, log: Logger): void {
  const renew = (): void => {
    try {
      server.setSecureContext(readTlsKeys(files));
      log.info({ certificate: files.certificateFile }, 'the certificate was read again');
    } catch (error) {
      log.warn({ err: error }, 'the renewed certificate cannot be used; the one before stays in use');
    }
  };
  const paths = [files.certificateFile, files.keyFile];
  for (const path of paths) watchFile(path, { interval: lookEvery, persistent: false }, renew);
}

function contentOf(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([`${variable} is "${path}", but that cannot be read: ${reason}`]);
  }
}

/** The message does not repeat OpenSSL's, which could quote the file. */
function held<Held>(variable: string, path: string, what: string, read: () => Held): Held {
  try {
    return read();
  } catch {
    throw new ConfigurationError([`${variable} is "${path}", but that holds no ${what} in PEM format`]);
  }
}
