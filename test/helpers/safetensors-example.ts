import type { TrainedNetwork } from '../../networks/export/trained-network.ts';
import { dense } from '../../networks/layers/dense.ts';
import { planNetwork } from '../../networks/plan.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import { network } from '../../networks/specification/network-specification.ts';

/** The network of `test/fixtures/two-heads.safetensors`: its parameters are −5, −4⅞, −4¾, … */
export function safetensorsExample(): TrainedNetwork {
  const plan = planNetwork(
    network({
      input: [3],
      layers: mlp({ hidden: [4, 5], activation: 'tanh' }),
      heads: { policy: [dense(2)], value: [dense(1, { bias: false })] },
    }),
  );
  const parameters = Float32Array.from({ length: plan.parameterCount }, (_, i) => i / 8 - 5);
  return { plan, parameters, statistics: new Float32Array(0) };
}
