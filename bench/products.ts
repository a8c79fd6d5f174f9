// The matrix products of the simd engine, in GFLOP/s on one core, and updates of whole networks in
// microseconds: npm run bench:products; with PALAESTRA_WIDE_SIMD=1 where SIMD is wide.

import { dense } from '../networks/layers/dense.ts';
import { sgd } from '../networks/optimizers/sgd.ts';
import { simdEngine } from '../networks/simd/engine.ts';
import type { SimdBuild } from '../networks/simd/instantiate.ts';
import { network } from '../networks/specification/network-specification.ts';
import { prepareSimd } from '../node/prepare-simd.ts';

const PRODUCTS = ['multiply', 'multiplyByTransposed', 'multiplyTransposed'] as const;
const SIZES: readonly (readonly [m: number, n: number, k: number])[] = [
  ...([
    [32, 64, 64],
    [128, 128, 128],
    [256, 256, 256],
    [128, 256, 256],
  ] as const),
  ...([
    [32, 4, 64],
    [32, 64, 4],
    [64, 2, 32],
    [1, 256, 256],
    [1, 64, 64],
  ] as const),
];
const NETWORKS: readonly (readonly [widths: readonly number[], rows: number])[] = [
  [[4, 64, 64, 2], 32],
  [[4, 120, 84, 2], 128],
  [[8, 256, 256, 4], 128],
];
const ROUNDS = 40;
const ROUND = 2; // milliseconds

/** The best of several rounds, in milliseconds a call: others use the machine too. */
function best(call: () => void): number {
  let repeats = 1;
  let shortest = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) call();
    const time = (performance.now() - start) / repeats;
    shortest = Math.min(shortest, time);
    repeats = Math.max(1, Math.ceil(ROUND / shortest));
  }
  return shortest;
}

function products(build: SimdBuild): void {
  const { heap, kernels } = simdEngine({ build });
  console.log(`\n${build}, GFLOP/s  A · B   A · Bᵀ   Aᵀ · B`);
  for (const [m, n, k] of SIZES) {
    const [a, b, c] = [m * k, n * k, m * n].map((size) => heap.allocate(size));
    heap.numbers.fill(0.5, a, a + m * k);
    heap.numbers.fill(0.25, b, b + n * k);
    const speeds = PRODUCTS.map((product) => {
      const aStride = product === 'multiplyTransposed' ? m : k;
      const bStride = product === 'multiplyByTransposed' ? k : n;
      const time = best(() => kernels[product](m, n, k, a, aStride, b, bStride, c, n, 0));
      return ((2 * m * n * k) / time / 1e6).toFixed(1).padStart(7);
    });
    console.log(`${m} × ${n} × ${k}`.padEnd(16), ...speeds);
    for (const block of [a, b, c]) heap.free(block);
  }
}

function updates(build: SimdBuild): void {
  console.log(`\n${build}, µs  forward + backward + SGD   forward of one row`);
  for (const [widths, rows] of NETWORKS) {
    const engine = simdEngine({ build });
    const [inputs, ...units] = widths;
    const layers = units.map((width, i) =>
      dense(width, { activation: i + 1 < units.length ? 'relu' : 'linear' }),
    );
    const net = engine.create(network({ input: [inputs], layers }));
    const optimizer = engine.optimize(net, sgd({ learningRate: 1e-6 }));
    const batch = new Float32Array(rows * inputs).fill(0.5);
    const outputGradients = new Float32Array(rows * widths[widths.length - 1]).fill(0.01);
    const update = best(() => {
      net.forward(batch, rows);
      net.backward(outputGradients);
      optimizer.step();
    });
    const single = best(() => net.forward(batch, 1));
    const columns = [update, single].map((time) => (1000 * time).toFixed(2).padStart(12));
    console.log(`${widths.join('-')}, ${rows} rows`.padEnd(24), ...columns);
  }
}

const warning = prepareSimd();
if (warning !== null) console.error(warning);
for (const build of ['portable', 'fast'] as const) {
  products(build);
  updates(build);
}
