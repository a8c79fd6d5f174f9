import type { CheckName } from '../../../envs/checker/checks.ts';
import type { Checkable } from '../../../envs/checker/target.ts';

/** An env with one thing wrong. */
export interface Defect {
  readonly what: string;
  /** The check made for it. */
  readonly check: CheckName;
  readonly env: Checkable;
  /** What the finding names as the place. */
  readonly where: string | RegExp;
  /** What its message names. */
  readonly message: string | RegExp;
  /** Checks that cannot but see it as well. */
  readonly also?: readonly CheckName[];
}
