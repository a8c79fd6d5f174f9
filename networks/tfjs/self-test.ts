import type { Backend } from './backend.ts';

/** @throws Error if the backend cannot multiply two small matrices. */
export async function selfTest(backend: Backend): Promise<void> {
  const { tf } = backend;
  const product = backend.tidy(() =>
    tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])),
  );
  const numbers = [...(await backend.takeLater(product))];
  const expected = [19, 22, 43, 50];
  if (numbers.length === 4 && numbers.every((x, i) => Math.abs(x - expected[i]) < 1e-3)) return;
  throw new Error(`It multiplies wrongly: [1 2; 3 4] · [5 6; 7 8] gave ${numbers.join(', ')}.`);
}
