import { checkBetween, checkInteger, checkOneOf, resolveOptions } from '../../../core/check.ts';

/** How the actions of a squashed policy differ from its middle: JSON. */
export type SacExploration =
  | {
      /** By a draw of its own in every step. */
      readonly kind: 'independent';
    }
  | {
      /** By a function of the state, which stays for some steps: gSDE. */
      readonly kind: 'state-dependent';
      /** log σ at the start, of each feature and number of an action, in [−20, 2]. Default −3. */
      readonly logDeviation?: number;
      /**
       * Steps of each copy of the world with the same function, at least 1. Default `null`: as many as
       * there are from one time of learning to the next.
       */
      readonly sampleEvery?: number | null;
    };

/** With all that may be left out. */
export type ResolvedExploration =
  | { readonly kind: 'independent' }
  | {
      readonly kind: 'state-dependent';
      readonly logDeviation: number;
      readonly sampleEvery: number | null;
    };

/** @throws RangeError that begins with `name`, if an option is unknown or out of range. */
export function resolveExploration(name: string, given: SacExploration): ResolvedExploration {
  checkOneOf(`${name}.kind`, given?.kind, ['independent', 'state-dependent']);
  if (given.kind === 'independent') return resolveOptions(name, { kind: given.kind }, given);
  const defaults = { kind: given.kind, logDeviation: -3, sampleEvery: null };
  const options = resolveOptions<SacExploration>(name, defaults, given) as ResolvedExploration;
  if (options.kind === 'state-dependent') {
    checkBetween(`${name}.logDeviation`, options.logDeviation, -20, 2);
    if (options.sampleEvery !== null) checkInteger(`${name}.sampleEvery`, options.sampleEvery, 1);
  }
  return options;
}
