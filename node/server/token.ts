import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a token may consist of: 128 bits need 22 letters of base64url or 32 of hex. */
const TOKEN = /^[A-Za-z0-9_-]{22,128}$/;

/** A fresh secret: 128 random bits, in hex. */
export function newToken(): string {
  return randomBytes(16).toString('hex');
}

/** @throws RangeError unless `token` has 22 to 128 letters, digits, `-` or `_`; never shows it. */
export function checkToken(name: string, token: string): string {
  if (typeof token === 'string' && TOKEN.test(token)) return token;
  const got = typeof token === 'string' ? `${token.length} characters` : typeof token;
  throw new RangeError(
    `${name} must have 22 to 128 letters, digits, "-" or "_", got ${got}. Leave it out for a random one.`,
  );
}

/** Whether two tokens are the same, in a time that tells nothing about how much of them is. */
export function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.match(/^Bearer +(\S{1,256})$/i)?.[1];
}

/** Digests have one length, whatever the length of the guess. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
