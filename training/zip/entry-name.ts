import { show } from '../../core/check.ts';
import { decodeUtf8 } from '../../core/utf8.ts';
import { MAX_NAME_BYTES } from './layout.ts';

/**
 * What is wrong with an entry's name; `null` for a name that is safe as a relative path anywhere.
 *
 * Refused are absolute paths, drive letters, `.` and `..` as a part, backslashes, empty parts and
 * control characters.
 */
export function nameProblem(name: string): string | null {
  if (name.length === 0) return 'is empty';
  if (name.length > MAX_NAME_BYTES) return `is longer than ${MAX_NAME_BYTES} bytes`;
  for (let i = 0; i < name.length; i++) {
    if (name.charCodeAt(i) < 0x20 || name.charCodeAt(i) === 0x7f) return 'has a control character';
  }
  if (name.includes('\\')) return 'has a backslash';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'is an absolute path';
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return 'has an empty, "." or ".." part';
  }
  return null;
}

/** @throws Error if the name is not safe as a relative path. */
export function checkEntryName(name: string): void {
  const problem = nameProblem(name);
  if (problem !== null) {
    throw new Error(
      `Zip: an entry's name must be a plain relative path, got ${show(name)}, which ${problem}.`,
    );
  }
}

/** The name in `bytes`; `null` where they are not UTF-8, or far too many. */
export function decodeName(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_NAME_BYTES) return null;
  try {
    return decodeUtf8(bytes);
  } catch {
    return null;
  }
}
