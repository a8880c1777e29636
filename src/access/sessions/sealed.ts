/** A value that a browser keeps for the service, and can neither read nor change. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** With a key of this process: what another has sealed opens as little as what was changed. */
export class Seal {
  private readonly key = randomBytes(32);

  close(value: object): string {
    const nonce = randomBytes(nonceBytes);
    const closing = createCipheriv(cipher, this.key, nonce);
    const text = Buffer.concat([closing.update(JSON.stringify(value), 'utf8'), closing.final()]);
    return Buffer.concat([nonce, closing.getAuthTag(), text]).toString('base64url');
  }

  /** Null where this was not sealed here, or was changed. */
  open(sealed: string): unknown {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < nonceBytes + tagBytes) return null;
    try {
      const opening = createDecipheriv(cipher, this.key, bytes.subarray(0, nonceBytes));
      opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const text = Buffer.concat([opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()]);
      return JSON.parse(text.toString('utf8'));
    } catch {
      return null;
    }
  }
}
