/** Keeps tokens unreadable in the database: AES-256-GCM with a key from the operator's secret. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  /** @param owner Whose it is; a sealed value that was moved to another owner does not open. */
  close(plain: string, owner: string): string;
  /** @throws Error when the value was changed, belongs to another owner, or was sealed with another secret. */
  open(sealed: string, owner: string): string;
}

const version = 'v1';

export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'pullquote slack installations', 32));
  return {
    close(plain, owner) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
      const words = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [version, nonce, cipher.getAuthTag(), words]
        .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
        .join('.');
    },
    open(sealed, owner) {
      const [kind, nonce = '', tag = '', words = ''] = sealed.split('.');
      const tagBytes = Buffer.from(tag, 'base64url');
      // A shorter tag would be accepted by the cipher and is easier to forge.
      if (kind !== version || tagBytes.length !== 16) throw new Error('slack: the stored installation is not readable');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
        .setAAD(Buffer.from(owner))
        .setAuthTag(tagBytes);
      return decipher.update(words, 'base64url', 'utf8') + decipher.final('utf8');
    },
  };
}
