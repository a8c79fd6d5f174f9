import { isSavedArray, type SavedArray, type SavedData, type SavedValue } from '../saved.ts';
import { SAVED_ARRAYS, savedArrayType } from '../saved-arrays.ts';
import { MAIL_SIZE, type SharedMemory } from './shared-memory.ts';

/**
 * Puts as much of `text` from `offset` on as fits into the mailbox of a worker.
 *
 * @returns where the rest begins.
 */
export function putMail(
  { mail, mailLengths, mailMore }: SharedMemory,
  worker: number,
  text: string,
  offset: number = 0,
): number {
  const length = Math.max(0, Math.min(MAIL_SIZE, text.length - offset));
  for (let i = 0; i < length; i++) mail[worker][i] = text.charCodeAt(offset + i);
  mailLengths[worker] = length;
  mailMore[worker] = offset + length < text.length ? 1 : 0;
  return offset + length;
}

/** What lies in the mailbox of a worker. */
export function takeMail({ mail, mailLengths }: SharedMemory, worker: number): string {
  let text = '';
  for (let i = 0; i < mailLengths[worker]; i++) text += String.fromCharCode(mail[worker][i]);
  return text;
}

/** Saved data as text; a typed array becomes `{"$u32": […]}`. */
export function savedToText(saved: readonly SavedData[]): string {
  return JSON.stringify(saved, (_, value) => (isSavedArray(value) ? arrayToJson(value) : value));
}

/** Saved data from text that `savedToText` made. */
export function savedFromText(text: string): SavedData[] {
  return JSON.parse(text, (_, value) => arrayFromJson(value) ?? value);
}

function arrayToJson(array: SavedArray): SavedValue {
  return { [`$${savedArrayType(array)}`]: Array.from(array) };
}

function arrayFromJson(value: unknown): SavedArray | null {
  if (typeof value !== 'object' || value === null) return null;
  const [key] = Object.keys(value);
  const type = key?.startsWith('$') ? SAVED_ARRAYS[key.slice(1)] : undefined;
  if (type === undefined) return null;
  const numbers = (value as Record<string, number[]>)[key];
  const array = new type(numbers.length);
  array.set(numbers);
  return array;
}
