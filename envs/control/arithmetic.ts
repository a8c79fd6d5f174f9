/**
 * How a world that Gymnasium computes with NumPy's scalars rounds within a step: `float64` not at all,
 * as Gymnasium does under NumPy 1, or `numpy2` as it does under NumPy 2, where a number of a float32
 * array (an action) makes float32 of what is computed from it and Python's own numbers.
 *
 * Source: De Vries & Berg (2021), NEP 50, "Promotion rules for Python scalars".
 */
export type Arithmetic = 'float64' | 'numpy2';

/** What may be said of the arithmetic. */
export const ARITHMETICS: readonly Arithmetic[] = ['float64', 'numpy2'];
