import { checkBetween, resolveOptions, show } from '../../core/check.ts';
import { checkSchedule, type Schedule } from '../../core/schedule.ts';
import { checkClip, type GradientClip } from './clip.ts';

/**
 * What every optimizer can be told.
 *
 * In each update gradients are clipped first and then take in the penalties, so that a penalty is
 * never clipped: PyTorch's order, where `clip_grad_norm_` is called before `step` adds its
 * `weight_decay`. Penalties see all parameters, biases too.
 */
export interface CommonOptions {
  /** α, at least 0; a schedule runs over updates, and the first update has its value at 0. */
  readonly learningRate?: Schedule;
  /** Default null: gradients are taken as they are. */
  readonly clip?: GradientClip | null;
  /** λ₁ of the penalty λ₁ Σ |θ|, at least 0: g ← g + λ₁ sign(θ). Default 0. */
  readonly l1?: number;
  /** λ₂ of the penalty λ₂/2 Σ θ², at least 0: g ← g + λ₂ θ. PyTorch's `weight_decay`. Default 0. */
  readonly l2?: number;
}

/** What is the same for all of them unless they are told otherwise. */
export const COMMON_DEFAULTS = { clip: null, l1: 0, l2: 0 } as const;

/**
 * Lays options over defaults, and checks those that every optimizer has.
 *
 * @throws RangeError that begins with `where`, if one is unknown or out of range.
 */
export function resolveCommon<T extends Required<CommonOptions>>(
  where: string,
  defaults: T,
  options: object,
): T {
  const resolved: T = resolveOptions<object>(where, defaults, options) as T;
  const { learningRate, clip, l1, l2 } = resolved;
  checkSchedule(`${where}: learningRate`, learningRate, 0, Number.MAX_VALUE);
  checkClip(`${where}: clip`, clip);
  checkBetween(`${where}: l1`, l1, 0, Number.MAX_VALUE);
  checkBetween(`${where}: l2`, l2, 0, Number.MAX_VALUE);
  return resolved;
}

/** @throws RangeError unless `value` is at least 0 and below 1. */
export function checkDecay(name: string, value: number): void {
  if (typeof value === 'number' && value >= 0 && value < 1) return;
  throw new RangeError(`${name} must be at least 0 and below 1, got ${show(value)}.`);
}
