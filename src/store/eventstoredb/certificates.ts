import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ConnectionKeys } from './connection-keys.js';
import { ConnectionStringError } from './connection-string-error.js';

/** The contents of the files that a connection string names, in PEM format. */
export interface Certificates {
  readonly authorities?: Buffer;
  readonly user?: { readonly certificate: Buffer; readonly key: Buffer };
}

type FileKey = 'tlsCAFile' | 'userCertFile' | 'userKeyFile';

/**
 * Paths are relative to the working directory.
 * @throws ConnectionStringError naming the key whose file cannot be read or has the wrong content
 */
export function readCertificates(keys: ConnectionKeys): Certificates {
  const { tlsCAFile, userCertFile, userKeyFile } = keys;
  return {
    ...(tlsCAFile === undefined ? {} : { authorities: certificateIn('tlsCAFile', tlsCAFile).pem }),
    ...(userCertFile === undefined || userKeyFile === undefined
      ? {}
      : { user: userOf(userCertFile, userKeyFile) }),
  };
}

function userOf(certFile: string, keyFile: string): NonNullable<Certificates['user']> {
  const { pem, certificate } = certificateIn('userCertFile', certFile);
  const key = readFile('userKeyFile', keyFile);
  const privateKey = held('userKeyFile', keyFile, 'private key without a passphrase', () =>
    createPrivateKey(key),
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ConnectionStringError(
      `names a userKeyFile, ${keyFile}, that is not the key of its userCertFile, ${certFile}`,
    );
  }
  return { certificate: pem, key };
}

/** Checked here, as TLS silently ignores an authority that it cannot read. */
function certificateIn(key: FileKey, file: string): { pem: Buffer; certificate: X509Certificate } {
  const pem = readFile(key, file);
  return { pem, certificate: held(key, file, 'certificate', () => new X509Certificate(pem)) };
}

function readFile(key: FileKey, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConnectionStringError(`names a ${key} that cannot be read: ${(error as Error).message}`);
  }
}

/** The message does not repeat OpenSSL's, which could quote the file. */
function held<Held>(key: FileKey, file: string, what: string, read: () => Held): Held {
  try {
    return read();
  } catch {
    throw new ConnectionStringError(`names a ${key}, ${file}, that holds no ${what} in PEM format`);
  }
}
