import { expect } from 'vitest';
import { Alea } from '../../core/alea.ts';
import type { Kernels } from '../../networks/kernels/kernels.ts';
import { referenceKernels } from '../../networks/reference/kernels.ts';
import { type SimdEngine, simdEngine } from '../../networks/simd/engine.ts';
import { type SimdBuild, useWideTiles } from '../../networks/simd/instantiate.ts';
import { allowRelaxedSimd } from '../../node/relaxed-simd.ts';

type KernelName = keyof Kernels;

/** A build, or the fast one with wide tiles. */
export type ComparedBuild = SimdBuild | 'wide';

/** How to compare. */
export interface Tolerance {
  /** Of the size of a number. Default 1e-6. */
  readonly relative?: number;
  /** Beside that. Default 1e-6. */
  readonly absolute?: number;
}

/** The same calls on the same numbers: by an engine's kernels, and in float64 by the reference. */
export class KernelComparison {
  readonly engine: SimdEngine;
  readonly rng: Alea = new Alea(1, 'kernel-comparison');
  /** Index of the first number that kernels may be given, a multiple of 4. */
  readonly begin: number;
  readonly #length: number;
  #count: number; // of numbers that calls are about
  readonly #reference: { numbers: Float64Array };
  readonly #kernels: Kernels;

  /** @param length Numbers that there are to work with. */
  constructor(build: ComparedBuild, length: number) {
    allowRelaxedSimd();
    useWideTiles(build === 'wide');
    this.engine = simdEngine({ build: build === 'wide' ? 'fast' : build });
    useWideTiles(false);
    this.begin = this.engine.heap.allocate(length);
    this.#length = length;
    this.#count = length;
    this.#reference = { numbers: new Float64Array(this.begin + length) };
    this.#kernels = referenceKernels(this.#reference);
  }

  /** The numbers that kernels work on, of `begin` and on. */
  get numbers(): Float32Array {
    return this.engine.heap.numbers.subarray(this.begin, this.begin + this.#length);
  }

  /** Puts normal draws into the first `count` numbers: those that the next calls are about. */
  draw(count: number = this.#length): void {
    this.#count = Math.min(count, this.#length);
    const { numbers } = this;
    for (let i = 0; i < this.#count; i++) numbers[i] = this.rng.normal();
  }

  /**
   * Calls a kernel in both, and compares all numbers of the last `draw`: those that it writes and
   * those that it must not.
   *
   * @returns the largest difference.
   */
  expectSame<K extends KernelName>(
    name: K,
    args: Parameters<Kernels[K]>,
    { relative = 1e-6, absolute = 1e-6 }: Tolerance = {},
  ): number {
    const values = this.numbers.subarray(0, this.#count);
    const { numbers } = this.#reference;
    numbers.set(values, this.begin);
    const call = (kernels: Kernels) => (kernels[name] as (...all: unknown[]) => void)(...args);
    call(this.#kernels);
    call(this.engine.kernels);
    let worst = 0;
    for (let i = 0; i < values.length; i++) {
      const truth = numbers[this.begin + i];
      if (Object.is(values[i], truth)) continue;
      const error = Math.abs(values[i] - truth);
      if (error <= absolute + relative * Math.abs(truth)) worst = Math.max(worst, error);
      else if (values[i] !== Math.fround(truth)) {
        expect.fail(`${name}(${args.join(', ')}): number ${i} is ${values[i]}, should be ${truth}`);
      }
    }
    return worst;
  }
}
