import { type Refusal, refusal } from './refusal.ts';

const MAX_PATH = 4096;
const MAX_SEGMENT = 255;

/**
 * Whether a name may stand between two slashes of a served path: no `..`, nothing hidden, nothing
 * that another system would read as a separator or a drive.
 */
export function isSafeName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= MAX_SEGMENT &&
    !name.startsWith('.') &&
    !/^[A-Za-z]:/.test(name) &&
    !hasForbiddenCharacter(name)
  );
}

/** The names of a path as it is written in a message or a listing, such as `run/episodes/a.rlrec`. */
export function splitPath(path: string): readonly string[] | Refusal {
  if (path.length > MAX_PATH) return refusal(414, 'The path is too long.');
  const names = path.split('/');
  return names.every(isSafeName) ? names : refusal(400, 'The path is not a valid one.');
}

/**
 * The names of the percent-encoded path of a URL, after its first slash. Each name is decoded once
 * and then checked, so that an encoded `..` or slash is worth no more than a plain one.
 */
export function splitUrlPath(path: string): readonly string[] | Refusal {
  if (path.length > MAX_PATH) return refusal(414, 'The path is too long.');
  try {
    const names = path.split('/').map(decodeURIComponent);
    return names.every(isSafeName) ? names : refusal(400, 'The path is not a valid one.');
  } catch {
    return refusal(400, 'The path is not a valid percent-encoding.');
  }
}

/** Slashes of either kind, control characters (NUL among them) and halves of characters. */
function hasForbiddenCharacter(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  return /[/\\\u0000-\u001f\u007f]/.test(name) || /\p{Surrogate}/u.test(name);
}
