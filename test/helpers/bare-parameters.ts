import type { Engine } from '../../networks/engine.ts';
import { dense } from '../../networks/layers/dense.ts';
import type { Numbers } from '../../networks/layers/run.ts';
import type { Network } from '../../networks/network.ts';
import type { Optimizer } from '../../networks/optimizers/optimizer.ts';
import type { OptimizerSpecification } from '../../networks/optimizers/specification.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { network } from '../../networks/specification/network-specification.ts';

/** Parameters that are given their gradients by hand. */
export interface BareParameters<N extends Numbers> {
  readonly network: Network<N>;
  readonly optimizer: Optimizer<N>;
  /** One update. @returns the parameters after it. */
  step(...gradients: readonly number[]): number[];
}

/** An optimizer of bare parameters, in float64. */
export function bareParameters(
  specification: OptimizerSpecification,
  ...start: readonly number[]
): BareParameters<Float64Array> {
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  return bareParametersOf(engine, specification, start);
}

/** An optimizer of an engine's bare parameters. */
export function bareParametersOf<N extends Numbers>(
  engine: Engine<N>,
  specification: OptimizerSpecification,
  start: readonly number[],
): BareParameters<N> {
  const layers = [dense(1, { bias: false })];
  const net = engine.create(network({ input: [start.length], layers }));
  net.parameters.set(start);
  const optimizer = engine.optimize(net, specification);
  return {
    network: net,
    optimizer,
    step(...gradients) {
      net.gradients.set(gradients);
      optimizer.step();
      return [...net.parameters];
    },
  };
}
