import { isSavedArray, type SavedData } from '../../core/saved.ts';
import { copyOf } from './compare.ts';

/** Data that are no snapshot of the env any more. */
export interface Damaged {
  /** What has been done to them, in a few words. */
  readonly what: string;
  readonly data: unknown;
}

/** Many ways in which a snapshot can be damaged, the first ones beyond recognition. */
export function damaged(saved: SavedData): Damaged[] {
  const change = (what: string, key: string, value: unknown): Damaged => {
    const { [key]: _, ...rest } = copyOf(saved) as Record<string, unknown>;
    return { what, data: value === undefined ? rest : { ...rest, [key]: value } };
  };
  return [
    { what: 'null', data: null },
    { what: 'an empty object', data: {} },
    change('another kind', 'kind', 'something else'),
    change('a version of the future', 'version', 1_000_000),
    ...Object.entries(saved).flatMap(([key, value]) => [
      change(`no ${key}`, key, undefined),
      change(`an object for ${key}`, key, { damaged: true }),
      ...(isSavedArray(value)
        ? [
            change(`${key} one element short`, key, value.slice(1)),
            change(`a plain list for ${key}`, key, Array.from(value)),
          ]
        : []),
    ]),
  ];
}
