import { checkInteger, resolveOptions, show } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import {
  type MultiBinary,
  type MultiDiscrete,
  multiBinary,
  multiDiscrete,
  type Text,
  text,
} from '../../core/spaces/multi.ts';
import { identity } from './identity.ts';

/** How to build identity with arrays of integers. */
export interface IdentityMultiDiscreteOptions {
  /** How many integers each element can be, 1 … 1,000 each, 1 to 100 elements. Default `[3, 4, 2]`. */
  readonly sizes?: readonly number[];
  /** Steps after which an episode is truncated, at least 1. Default 100. */
  readonly timeLimit?: number;
}

/** The options that `identityMultiDiscrete()` stands for. */
export const IDENTITY_MULTI_DISCRETE_DEFAULTS: Required<IdentityMultiDiscreteOptions> = {
  sizes: [3, 4, 2],
  timeLimit: 100,
};

/**
 * Identity with arrays of integers: `identity(multiDiscrete(sizes))`. Reward 1 if all of them are
 * right, else 0; 1 / (product of the sizes) on average for random actions.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identityMultiDiscrete(
  options: IdentityMultiDiscreteOptions = {},
): Dynamics<MultiDiscrete, MultiDiscrete, Float64Array> {
  const where = 'identityMultiDiscrete';
  const { sizes, timeLimit } = resolveOptions(where, IDENTITY_MULTI_DISCRETE_DEFAULTS, options);
  if (!Array.isArray(sizes) || sizes.length === 0 || sizes.length > 100) {
    throw new RangeError(
      `${where}: sizes must be a list of 1 to 100 integers, got ${show(sizes)}.`,
    );
  }
  sizes.forEach((size, i) => {
    checkInteger(`${where}: sizes[${i}]`, size, 1, 1000);
  });
  checkInteger(`${where}: timeLimit`, timeLimit, 1);
  return identity(multiDiscrete(sizes), { name: 'IdentityMultiDiscrete', timeLimit });
}

/** How to build identity with zeros and ones. */
export interface IdentityMultiBinaryOptions {
  /** Zeros and ones to repeat, 1 … 1,000. Default 3. */
  readonly size?: number;
  /** Steps after which an episode is truncated, at least 1. Default 100. */
  readonly timeLimit?: number;
}

/** The options that `identityMultiBinary()` stands for. */
export const IDENTITY_MULTI_BINARY_DEFAULTS: Required<IdentityMultiBinaryOptions> = {
  size: 3,
  timeLimit: 100,
};

/**
 * Identity with zeros and ones: `identity(multiBinary(size))`. Reward 1 if all of them are right, else
 * 0; 1 / 2^size on average for random actions.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identityMultiBinary(
  options: IdentityMultiBinaryOptions = {},
): Dynamics<MultiBinary, MultiBinary, Float64Array> {
  const where = 'identityMultiBinary';
  const { size, timeLimit } = resolveOptions(where, IDENTITY_MULTI_BINARY_DEFAULTS, options);
  checkInteger(`${where}: size`, size, 1, 1000);
  checkInteger(`${where}: timeLimit`, timeLimit, 1);
  return identity(multiBinary(size), { name: 'IdentityMultiBinary', timeLimit });
}

/** How to build identity with strings. */
export interface IdentityTextOptions {
  /** Most letters, 1 … 100; at least one there always is. Default 2. */
  readonly maxLength?: number;
  /** The letters that occur, each once. Default `abc`. */
  readonly charset?: string;
  /** Steps after which an episode is truncated, at least 1. Default 100. */
  readonly timeLimit?: number;
}

/** The options that `identityText()` stands for. */
export const IDENTITY_TEXT_DEFAULTS: Required<IdentityTextOptions> = {
  maxLength: 2,
  charset: 'abc',
  timeLimit: 100,
};

/**
 * Identity with strings: `identity(text(maxLength, { charset }))`. Reward 1 for the very string, else 0;
 * 1/9 on average for random strings of one or two of three letters.
 *
 * @throws RangeError if an option is unknown or out of range.
 */
export function identityText(
  options: IdentityTextOptions = {},
): Dynamics<Text, Text, Float64Array> {
  const where = 'identityText';
  const resolved = resolveOptions(where, IDENTITY_TEXT_DEFAULTS, options);
  const { maxLength, charset, timeLimit } = resolved;
  checkInteger(`${where}: maxLength`, maxLength, 1, 100);
  checkInteger(`${where}: timeLimit`, timeLimit, 1);
  return identity(text(maxLength, { charset }), { name: 'IdentityText', timeLimit });
}
