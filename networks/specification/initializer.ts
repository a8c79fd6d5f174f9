import { checkFinite, checkOneOf, checkPositive, resolveOptions, show } from '../../core/check.ts';

/**
 * How parameters begin, as data.
 *
 * | kind             | each weight is drawn from                                             |
 * | ---------------- | --------------------------------------------------------------------- |
 * | `zeros`          | 0                                                                     |
 * | `constant`       | `value`                                                               |
 * | `uniform`        | uniform in ±`limit`                                                   |
 * | `normal`         | normal with standard deviation `deviation`                            |
 * | `xavier-uniform` | uniform in ±`gain` √(6 / (fan-in + fan-out))                          |
 * | `xavier-normal`  | normal, deviation `gain` √(2 / (fan-in + fan-out))                    |
 * | `he-uniform`     | uniform in ±`gain` √(6 / fan-in)                                      |
 * | `he-normal`      | normal, deviation `gain` √(2 / fan-in)                                |
 * | `fan-in-uniform` | uniform in ±`gain` / √fan-in: what PyTorch gives dense layers         |
 * | `orthogonal`     | a random matrix with orthonormal rows or columns, times `gain`        |
 *
 * Source: Glorot & Bengio (2010), He et al. (2015), LeCun et al. (1998), Saxe et al. (2014).
 */
export type Initializer =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly limit: number }
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: GainedKind; readonly gain: number };

// biome-ignore format: one list
/** The kinds that have a gain. */
export const GAINED_KINDS = [
  'xavier-uniform', 'xavier-normal', 'he-uniform', 'he-normal', 'fan-in-uniform', 'orthogonal',
] as const;

/** The name of an initializer that has a gain. */
export type GainedKind = (typeof GAINED_KINDS)[number];

/** What a user may say of an initializer: a name alone takes the usual number. */
export type InitializerOptions = Initializer['kind'] | Initializer | GainedName;

interface GainedName {
  readonly kind: GainedKind;
  readonly gain?: number;
}

const KINDS = ['zeros', 'constant', 'uniform', 'normal', ...GAINED_KINDS] as const;

const NUMBERS: Readonly<Record<Initializer['kind'], Readonly<Record<string, number>>>> = {
  zeros: {},
  constant: { value: 0 },
  uniform: { limit: 0.05 },
  normal: { deviation: 0.05 },
  'xavier-uniform': { gain: 1 },
  'xavier-normal': { gain: 1 },
  'he-uniform': { gain: 1 },
  'he-normal': { gain: 1 },
  'fan-in-uniform': { gain: 1 },
  orthogonal: { gain: 1 },
};

/**
 * The complete initializer that is meant.
 *
 * @param name Whose it is, for errors.
 * @throws RangeError if the kind or a number is unknown, or a number out of its range.
 */
export function resolveInitializer(name: string, options: InitializerOptions): Initializer {
  const isObject = typeof options === 'object' && options !== null;
  const { kind, ...numbers } = isObject ? options : { kind: options };
  if (typeof kind !== 'string') throw new RangeError(`${name} must be a name, got ${show(kind)}.`);
  checkOneOf(`${name}.kind`, kind, KINDS);
  const resolved = resolveOptions(name, NUMBERS[kind], numbers as Record<string, number>);
  for (const [key, value] of Object.entries(resolved)) {
    if (key === 'value') checkFinite(`${name}.${key}`, value);
    else checkPositive(`${name}.${key}`, value);
  }
  return { kind, ...resolved } as Initializer;
}
