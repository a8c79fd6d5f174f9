import { ActionLanes, suitsLanes } from './action-lanes.ts';
import { type Change, sweepOptimal } from './bellman.ts';
import { CompiledRows } from './compiled-rows.ts';
import type { ExpectedModel } from './expected-model.ts';

/** Rows, or outcomes, of a model from which on it pays to lay it out for fast sweeps. */
const MANY = 1 << 16;

/** Values of a model, and sweeps that back up all of them. */
export interface Sweeper {
  /** V(s), `[numStates]`; valid until the next sweep. */
  readonly values: Float64Array;
  /** V(s) ← maxₐ q(s, a) for every state. @returns the change; the same array every time. */
  sweep(): Change;
}

/**
 * Sweeps of a model, in the way that is fast for it; which one depends on nothing but the model.
 *
 * @param initialValues V₀, `[numStates]`; not kept, nor changed.
 * @param inPlace Whether a sweep uses its own new values at once.
 */
export function createSweeper(
  model: ExpectedModel,
  discount: number,
  initialValues: Float64Array,
  inPlace: boolean,
): Sweeper {
  if (model.reward.length >= MANY && suitsLanes(model)) {
    return new ActionLanes(model, discount, initialValues, inPlace);
  }
  const rows =
    model.nextState.length >= MANY
      ? CompiledRows.create(model, discount, initialValues, inPlace)
      : null;
  return rows ?? new RowSweeper(model, discount, initialValues, inPlace);
}

/** Sweeps along the rows of the model. */
class RowSweeper implements Sweeper {
  readonly #model: ExpectedModel;
  readonly #discount: number;
  readonly #change: Change = new Float64Array(2);
  #values: Float64Array;
  #next: Float64Array;

  constructor(
    model: ExpectedModel,
    discount: number,
    initialValues: Float64Array,
    inPlace: boolean,
  ) {
    this.#model = model;
    this.#discount = discount;
    this.#values = initialValues.slice();
    this.#next = inPlace ? this.#values : new Float64Array(model.numStates);
  }

  get values(): Float64Array {
    return this.#values;
  }

  sweep(): Change {
    sweepOptimal(this.#model, this.#discount, this.#values, this.#next, this.#change);
    const old = this.#values;
    this.#values = this.#next;
    this.#next = old;
    return this.#change;
  }
}
