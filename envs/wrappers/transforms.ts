import { checkOneOf, hint, show } from '../../core/check.ts';
import { log1p, tanh } from '../../core/math.ts';
import { type AnyBox, box, type ElementOf, type Space } from '../../core/space.ts';

/** What a transform of rewards does. */
export interface RewardTransform {
  readonly of: 'reward';
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  apply(reward: number): number;
}

/** What a transform of observations does, as people see them. */
export interface ObservationTransform {
  readonly of: 'observation';
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /**
   * The outer space for an inner one. Leave out where it is the same.
   *
   * @throws RangeError if it cannot transform such observations.
   */
  space?(inner: Space): Space;
  /** The outer observation, fresh or the given one. */
  apply(observation: never): ElementOf<Space>;
}

/** What a transform of actions does, as people give them. */
export interface ActionTransform {
  readonly of: 'action';
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** The outer space for an inner one. Leave out where it is the same. */
  space?(inner: Space): Space;
  /** The inner action, fresh or the given one. */
  apply(action: never): ElementOf<Space>;
}

/** A transform with a name, so that specs can hold it. */
export type Transform = RewardTransform | ObservationTransform | ActionTransform;

const transforms = new Map<string, Transform>();

/**
 * Gives a function a name, under which `transform-reward`, `transform-observation` and
 * `transform-action` find it in specs. Register it wherever such a spec is to be built.
 *
 * @throws RangeError if the name is taken, or it is a transform of nothing that there is.
 */
export function registerTransform(transform: Transform): void {
  const { of, name } = transform;
  checkOneOf('registerTransform: of', of, ['reward', 'observation', 'action']);
  if (typeof name !== 'string' || name.length === 0) {
    throw new RangeError(`registerTransform: name must be a word, got ${show(name)}.`);
  }
  if (transforms.has(`${of} ${name}`)) {
    throw new RangeError(`registerTransform: ${name} of ${of}s is taken. Give it another name.`);
  }
  transforms.set(`${of} ${name}`, transform);
}

/** Every transform with a name, in the order they were added. */
export function transformEntries(): readonly Transform[] {
  return [...transforms.values()];
}

/**
 * The transform of that name.
 *
 * @throws RangeError if there is none; `null` is what a spec says of a function without a name.
 */
export function namedTransform<Of extends Transform['of']>(
  of: Of,
  name: string | null,
): Extract<Transform, { of: Of }> {
  const found = transforms.get(`${of} ${name}`);
  if (found !== undefined) return found as Extract<Transform, { of: Of }>;
  const known = transformEntries()
    .filter((transform) => transform.of === of)
    .map((transform) => transform.name);
  if (name === null) {
    throw new RangeError(
      `transform-${of}: a spec cannot hold a function, and this one has no name. Give it one with registerTransform; known: ${known.join(', ')}.`,
    );
  }
  throw new RangeError(
    `transform-${of}: transform must be one of ${known.join(', ')}, got ${show(name)}.${hint(String(name), known)}`,
  );
}

/** Source: Hafner et al. (2023), "Mastering diverse domains through world models", equation 9. */
function symlog(x: number): number {
  return Math.sign(x) * log1p(Math.abs(x));
}

registerTransform({
  of: 'reward',
  name: 'sign',
  description: 'Keeps only the sign of rewards: −1, 0 or 1.',
  apply: Math.sign,
});
registerTransform({
  of: 'reward',
  name: 'symlog',
  description: 'Squeezes great rewards: sign(r) ln(1 + |r|).',
  apply: symlog,
});
registerTransform({
  of: 'observation',
  name: 'symlog',
  description: 'Squeezes great numbers: sign(x) ln(1 + |x|).',
  space(inner) {
    const { shape, low, high, labels } = requireBox('symlog', inner);
    return box(low.map(symlog), high.map(symlog), { shape, labels });
  },
  apply: (observation: ArrayLike<number>) => Float32Array.from(observation, symlog),
});
registerTransform({
  of: 'action',
  name: 'tanh',
  description: 'Takes any real numbers and squashes them into bounds of −1 and 1.',
  space(inner) {
    const { shape, low, high, labels, dtype } = requireBox('tanh', inner);
    if (dtype !== 'float32' || low.some((bound) => bound > -1) || high.some((bound) => bound < 1)) {
      throw new RangeError(
        'transform-action: tanh must have actions whose bounds hold −1 to 1. Wrap the world in rescale-action first.',
      );
    }
    const free = new Float32Array(low.length).fill(Infinity);
    return box(
      free.map((x) => -x),
      free,
      { shape, labels },
    );
  },
  apply: (action: ArrayLike<number>) => Float32Array.from(action, tanh),
});

function requireBox(name: string, space: Space): AnyBox {
  if (space.kind === 'box') return space;
  throw new RangeError(`${name} must have a Box to transform, got ${space.kind}.`);
}
