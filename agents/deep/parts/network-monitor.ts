import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedHeader,
} from '../../../core/saved.ts';
import { countIdleUnits } from '../../../networks/idle-units.ts';
import type { Network } from '../../../networks/network.ts';
import type { SavedPart } from '../../saved-parts.ts';

/** Updates from one look to the next: a prime, so that it is not always the same batch of a rollout. */
const LOOK_EVERY = 101;

// Where the numbers stand.
const GRADIENT_NORM = 0;
const UPDATE_RATIO = 1;
const DEAD = 2;
const SATURATED = 3;

/**
 * What the updates of a network are like, for curves.
 *
 * They are those of every 101st update, the first among them, so that they take about a hundredth of the
 * time; but the norm of the gradients is that of the last update where a clip had to know it.
 */
export class NetworkMonitor implements SavedPart {
  readonly #numbers = new Float64Array(4);
  #before = new Float32Array(0); // parameters

  /** Whether update number `updates` + 1 is one to be looked at. */
  isDue(updates: number): boolean {
    return updates % LOOK_EVERY === 0;
  }

  /** Looks at a network between the backward pass of an update and its step. */
  before(network: Network): void {
    const { parameters, gradients } = network;
    if (this.#before.length !== parameters.length) {
      this.#before = new Float32Array(parameters.length);
    }
    this.#before.set(parameters);
    this.#numbers[GRADIENT_NORM] = norm(gradients);
    const { relu, dead, bounded, saturated } = countIdleUnits(network);
    this.#numbers[DEAD] = share(dead, relu);
    this.#numbers[SATURATED] = share(saturated, bounded);
  }

  /** Looks at it after the step. */
  after({ parameters }: Network): void {
    const before = this.#before;
    let [change, size] = [0, 0]; // squared
    for (let i = 0; i < before.length; i++) {
      const step = parameters[i] - before[i];
      change += step * step;
      size += before[i] * before[i];
    }
    this.#numbers[UPDATE_RATIO] = share(Math.sqrt(change), Math.sqrt(size));
  }

  /** Takes over ‖g‖ of an update from whoever clipped it; `null` where nobody knows it. */
  noteGradient(gradientNorm: number | null): void {
    if (gradientNorm !== null) this.#numbers[GRADIENT_NORM] = gradientNorm;
  }

  /** `gradientNorm`, `weightNorm`, `updateRatio`, and `deadUnits` and `saturatedUnits`. */
  metrics({ parameters }: Network): NetworkMetrics {
    return {
      gradientNorm: this.#numbers[GRADIENT_NORM],
      weightNorm: norm(parameters),
      updateRatio: this.#numbers[UPDATE_RATIO],
      deadUnits: this.#numbers[DEAD],
      saturatedUnits: this.#numbers[SATURATED],
    };
  }

  snapshot(): SavedData {
    return { ...savedHeader('network-monitor', 1), numbers: this.#numbers.slice() };
  }

  restore(saved: SavedData): void {
    const where = 'NetworkMonitor.restore';
    checkSavedHeader(where, saved, 'network-monitor', 1);
    copySavedArray(where, saved, 'numbers', this.#numbers);
  }
}

/** How a network does. */
export interface NetworkMetrics {
  /** ‖g‖ of all gradients in that update, before they were clipped. */
  readonly gradientNorm: number;
  /** ‖θ‖ now. */
  readonly weightNorm: number;
  /** ‖Δθ‖ / ‖θ‖ of it; 0 where θ was 0. */
  readonly updateRatio: number;
  /** Share of the units with `relu` that were 0 for its whole batch; 0 where there are none. */
  readonly deadUnits: number;
  /** Share of the units with `tanh` or `sigmoid` that were at a bound for its whole batch, likewise. */
  readonly saturatedUnits: number;
}

function norm(numbers: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < numbers.length; i++) squares += numbers[i] * numbers[i];
  return Math.sqrt(squares);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
