import { isSavedArray, type SavedArray, type SavedData, type SavedValue } from '../saved.ts';
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

const ARRAYS = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  i16: Int16Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
} as const;

/** Saved data as text; a typed array becomes `{"$u32": […]}`. */
export function savedToText(saved: readonly SavedData[]): string {
  return JSON.stringify(saved, (_, value) => (isSavedArray(value) ? arrayToJson(value) : value));
}

/** Saved data from text that `savedToText` made. */
export function savedFromText(text: string): SavedData[] {
  return JSON.parse(text, (_, value) => arrayFromJson(value) ?? value);
}

function arrayToJson(array: SavedArray): SavedValue {
  const type = Object.entries(ARRAYS).find(([, known]) => array.constructor === known);
  return { [`$${type?.[0]}`]: Array.from(array) };
}

function arrayFromJson(value: unknown): SavedArray | null {
  if (typeof value !== 'object' || value === null) return null;
  const [key] = Object.keys(value);
  const type = ARRAYS[key?.slice(1) as keyof typeof ARRAYS];
  if (!key?.startsWith('$') || type === undefined) return null;
  return type.from((value as Record<string, number[]>)[key]);
}
