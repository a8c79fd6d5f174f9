/**
 * What the infos of all copies come to: one entry for each key that any of them has, and beside it,
 * under the key with `_` in front, a mask, `[n]`, of the copies that have it.
 *
 * | value in a copy's info | entry                                                       |
 * | ---------------------- | ----------------------------------------------------------- |
 * | number                 | `Float64Array`, `[n]`, 0 where there is none                |
 * | boolean                | `Uint8Array`, `[n]`, likewise                               |
 * | typed array            | an array of its type, `[n × size]`, zeros where there is none |
 * | plain object           | an object, merged in the same way                           |
 * | anything else          | a list, `[n]`, `null` where there is none                   |
 *
 * Where copies have values of different kinds or sizes under a key, the entry is a list.
 */
export type VectorInfos = Readonly<Record<string, unknown>>;

type Info = Readonly<Record<string, unknown>>;

/**
 * Merges the infos of copies as Gymnasium's vector environments do.
 *
 * @param infos One for each copy; `null` where a copy has none. Values under `final_obs` are kept as
 *   they are, in a list.
 */
export function mergeInfos(infos: readonly (Info | null)[]): VectorInfos {
  const keys = new Set(infos.flatMap((info) => (info === null ? [] : Object.keys(info))));
  const merged: Record<string, unknown> = {};
  for (const key of keys) {
    const has = infos.map((info) => info !== null && Object.hasOwn(info, key));
    const values = infos.map((info, i) => (has[i] ? info?.[key] : null));
    merged[key] = key === 'final_obs' ? values : mergeValues(values, has);
    merged[`_${key}`] = Uint8Array.from(has, Number);
  }
  return merged;
}

function mergeValues(values: readonly unknown[], has: readonly boolean[]): unknown {
  const present = values.filter((_, i) => has[i]);
  if (present.every((value) => typeof value === 'number')) {
    return Float64Array.from(values as number[], (value) => value ?? 0);
  }
  if (present.every((value) => typeof value === 'boolean')) return Uint8Array.from(values, Number);
  if (present.every(isPlainObject)) return mergeInfos(values as (Info | null)[]);
  const [first] = present;
  if (isNumberArray(first) && present.every((value) => isAlike(first, value))) {
    const size = first.length;
    const rows = new (first.constructor as new (length: number) => NumberArray)(
      values.length * size,
    );
    values.forEach((value, i) => {
      if (has[i]) rows.set(value as ArrayLike<number>, i * size);
    });
    return rows;
  }
  return [...values];
}

type NumberArray = Float64Array | Float32Array | Int32Array | Uint8Array;

function isNumberArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigIntArray(value);
}

function isBigIntArray(value: ArrayBufferView): boolean {
  return value instanceof BigInt64Array || value instanceof BigUint64Array;
}

function isAlike(first: NumberArray, value: unknown): boolean {
  return (
    isNumberArray(value) && value.constructor === first.constructor && value.length === first.length
  );
}

function isPlainObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value))
  );
}
