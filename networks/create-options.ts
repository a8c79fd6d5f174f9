import { checkInteger, resolveOptions } from '../core/check.ts';
import type { CreateOptions } from './engine.ts';

/** @throws RangeError if an option is unknown or out of range. */
export function resolveCreateOptions(options: CreateOptions): Required<CreateOptions> {
  const resolved = resolveOptions('create', { seed: 0, inputGradients: false }, options);
  checkInteger('create: seed', resolved.seed, 0);
  return resolved;
}
