import { checkPositive, show } from '../../core/check.ts';

/**
 * How large gradients are made smaller before they are used. Exactly one of:
 *
 * | key          | what happens                                                        |
 * | ------------ | ------------------------------------------------------------------- |
 * | `value`      | each gradient is cut to ±`value`                                    |
 * | `norm`       | of each parameter tensor: g · min(1, `norm` / (‖g‖ + 10⁻⁶))          |
 * | `globalNorm` | of all of them together: g · min(1, `globalNorm` / (‖g‖ + 10⁻⁶))     |
 *
 * Source: Pascanu et al. (2013), "On the difficulty of training recurrent neural networks", section
 * 3.2; the 10⁻⁶ is PyTorch's (`clip_grad_norm_`).
 */
export type GradientClip =
  | { readonly value: number }
  | { readonly norm: number }
  | { readonly globalNorm: number };

const KEYS = ['value', 'norm', 'globalNorm'] as const;
/** Keeps a norm of 0 from being divided by. */
export const CLIP_TINY = 1e-6;

/** What gradients of this norm are multiplied by, in [0, 1]; NaN for NaN. */
export function clipScale(limit: number, norm: number): number {
  const scale = limit / (norm + CLIP_TINY);
  return scale >= 1 ? 1 : scale;
}

/** @throws RangeError unless `clip` is null or has exactly one key, with a number above 0. */
export function checkClip(name: string, clip: GradientClip | null): void {
  if (clip === null) return;
  const keys = typeof clip === 'object' ? Object.keys(clip) : [];
  const key = KEYS.find((known) => known === keys[0]);
  if (keys.length !== 1 || key === undefined) {
    const given = keys.length === 0 ? show(clip) : keys.join(', ');
    throw new RangeError(`${name} must be null or have one of ${KEYS.join(', ')}, got ${given}.`);
  }
  checkPositive(`${name}.${key}`, (clip as Record<string, number>)[key]);
}
