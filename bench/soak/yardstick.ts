import { Alea } from '../../core/alea.ts';
import { dense } from '../../networks/layers/dense.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import { network } from '../../networks/specification/network-specification.ts';

const ROWS = 128;
const PASSES = 40;

/**
 * The same work at every time, to measure a machine by that does other things as well: passes forward
 * and backward through a network like the one that is trained, which learns nothing.
 */
export function createYardstick(): () => void {
  const engine = simdEngine();
  const layers = [...mlp({ hidden: [120, 84] }), dense(2)];
  const net = engine.create(network({ input: [4], layers }), { seed: 1 });
  const rng = new Alea(1, 'yardstick');
  const inputs = Float32Array.from({ length: ROWS * 4 }, () => rng.normal());
  const gradients = Float32Array.from({ length: ROWS * 2 }, () => rng.normal());
  return () => {
    for (let pass = 0; pass < PASSES; pass++) {
      net.forward(inputs, ROWS);
      net.backward(gradients);
      net.zeroGradients();
    }
  };
}
