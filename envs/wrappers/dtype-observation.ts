import { checkOneOf } from '../../core/check.ts';
import { type AnyBox, type BoxDtype, box, type Space } from '../../core/space.ts';
import { misfit } from './requirements.ts';
import { defineWrapper, type InnerWorld, type ObservationWrapper } from './wrapper.ts';

/** What observations are arrays of. */
export interface DtypeObservationOptions {
  /** The element type of the arrays. Default `float32`. */
  readonly dtype?: BoxDtype;
}

/** The options of `dtypeObservation` where none are given. */
export const DTYPE_OBSERVATION_DEFAULTS: Required<DtypeObservationOptions> = { dtype: 'float32' };

const NAME = 'dtype-observation';

/**
 * Shows numbers, or arrays of them, as arrays of another element type.
 *
 * Integers of `Discrete` and `MultiDiscrete` are shown as people see them, not counted from 0. Real
 * numbers become integers by cutting their fraction off; the bounds of the type must hold them.
 *
 * Differs from Gymnasium in that `MultiDiscrete` and `MultiBinary` become boxes: here the element
 * types of their arrays are fixed.
 */
export const dtypeObservation: ObservationWrapper<DtypeObservationOptions, AnyBox> = defineWrapper({
  name: NAME,
  description: 'Shows observations as arrays of another element type.',
  defaults: DTYPE_OBSERVATION_DEFAULTS,
  rules(world, { dtype }) {
    checkOneOf(`${NAME}: dtype`, dtype, ['float32', 'uint8', 'int32']);
    const { shape, low, high, start } = boundsOf(world);
    const whole = dtype !== 'float32';
    const size = low.length;
    const convert = (x: number): number => (whole ? Math.trunc(x) + 0 : x); // no −0
    checkBounds(world, dtype, low, high);
    return {
      observationSpace: box(Array.from(low, convert), Array.from(high, convert), {
        shape,
        dtype,
      }) as Space,
      observe(_, inner, observation) {
        inner.observe(observation);
        for (let i = 0; i < size; i++) observation[i] = convert(observation[i] + start[i]);
      },
    };
  },
});

interface Bounds {
  readonly shape: readonly number[];
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  /** To be added to what stands in the row. */
  readonly start: ArrayLike<number>;
}

function boundsOf(world: InnerWorld): Bounds {
  const space = world.observationSpace;
  switch (space.kind) {
    case 'box': {
      const { shape, low, high } = space;
      return { shape, low, high, start: new Int32Array(low.length) };
    }
    case 'discrete':
      return integers([], [space.n], [space.start]);
    case 'multi-discrete':
      return integers(space.shape, space.sizes, space.start);
    case 'multi-binary': {
      const size = space.shape.reduce((product, extent) => product * extent, 1);
      return integers(space.shape, new Int32Array(size).fill(2), new Int32Array(size));
    }
    default:
      throw misfit(NAME, world, 'observations', 'numbers or arrays of them', space);
  }
}

function integers(
  shape: readonly number[],
  sizes: ArrayLike<number>,
  start: ArrayLike<number>,
): Bounds {
  return { shape, low: start, high: Array.from(sizes, (n, i) => start[i] + n - 1), start };
}

function checkBounds(
  world: InnerWorld,
  dtype: BoxDtype,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): void {
  if (dtype === 'float32') return;
  const [least, most] = dtype === 'uint8' ? [0, 255] : [-(2 ** 24), 2 ** 24];
  for (let i = 0; i < low.length; i++) {
    if (Math.trunc(low[i]) >= least && Math.trunc(high[i]) <= most) continue;
    const needed = `within ${least} to ${most} for dtype ${dtype}`;
    throw new RangeError(
      `${NAME}: ${world.name} must have observations ${needed}, got bounds ${low[i]} to ${high[i]} at element ${i}.`,
    );
  }
}
