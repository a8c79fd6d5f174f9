import type { Pass } from '../layers/run.ts';
import type { LayerPlan, NetworkPlan, StateEntry, StatisticEntry } from '../plan.ts';
import type { Draws } from './draws.ts';
import type { Scope } from './layers/layer-ops.ts';
import { opsOf } from './layers/registry.ts';
import type { Tensor, Tensor1D, Tensor2D, TensorFlow } from './tensorflow.ts';

/** What a pass through a network reads. */
export interface Reads {
  /** In the order and the shapes of `plan.parameters`. */
  readonly parameters: readonly Tensor[];
  /** `[statisticCount]`. */
  readonly statistics: Tensor1D;
  /** `[batch, stateSize]`; `null` for zeros. */
  readonly state: Tensor2D | null;
  /** 0 where an episode begins, else 1, `[rows, 1]`; `null` where none does. */
  readonly carries: Tensor2D | null;
  readonly draws: Draws;
}

/** What a pass leaves beside its outputs: kept tensors, which the caller disposes of. */
export class Leavings {
  readonly statistics: Map<StatisticEntry, Tensor1D> = new Map();
  readonly states: Map<StateEntry, Tensor2D> = new Map();
}

/**
 * Goes through a whole network in operations that know their gradients.
 *
 * @param x `[rows, …plan.input]`.
 * @param leavings Receives new statistics and states; `null` where nobody wants them.
 * @returns `[rows, outputSize]`, the heads side by side.
 */
export function runPlan(
  tf: TensorFlow,
  plan: NetworkPlan,
  x: Tensor,
  reads: Reads,
  pass: Pass,
  leavings: Leavings | null,
): Tensor2D {
  const scope = makeScope(tf, plan, reads, pass, leavings);
  const body = scope.stack(plan.layers, x);
  const outputs = plan.heads.map(({ layers, size }): Tensor2D => {
    return tf.reshape(scope.stack(layers, body), [pass.rows, size]);
  });
  return outputs.length === 1 ? outputs[0] : tf.concat(outputs, 1);
}

function makeScope(
  tf: TensorFlow,
  plan: NetworkPlan,
  { parameters, statistics, state, carries, draws }: Reads,
  pass: Pass,
  leavings: Leavings | null,
): Scope {
  const byName = new Map(plan.parameters.map(({ name }, i) => [name, parameters[i]]));
  const stack = (plans: readonly LayerPlan[], x: Tensor): Tensor =>
    plans.reduce((input, layer) => opsOf(layer.layer)(layer, input, scope), x);
  const scope: Scope = {
    tf,
    pass,
    carries,
    parameter: ({ name }) => byName.get(name) as Tensor,
    statistic: ({ offset, size }) => tf.slice(statistics, [offset], [size]),
    setStatistic: (entry, value) => leavings?.statistics.set(entry, tf.keep(value)),
    state: ({ offset, size }) =>
      state === null
        ? tf.zeros([pass.batch, size])
        : tf.slice(state, [0, offset], [pass.batch, size]),
    setState: (entry, value) => leavings?.states.set(entry, tf.keep(value)),
    draw: (size, draw) => tf.tensor1d(draws.take(size, draw)),
    stack,
  };
  return scope;
}

/** New statistics in one row, `[statisticCount]`: those that the pass left, else the old ones. */
export function joinStatistics(
  tf: TensorFlow,
  plan: NetworkPlan,
  old: Tensor1D,
  { statistics }: Leavings,
): Tensor1D {
  if (statistics.size === 0) return tf.clone(old);
  return tf.concat(
    plan.statistics.map(
      (entry) => statistics.get(entry) ?? tf.slice(old, [entry.offset], [entry.size]),
    ),
  );
}

/** What the sequences carry, `[batch, stateSize]`. */
export function joinStates(tf: TensorFlow, plan: NetworkPlan, { states }: Leavings): Tensor2D {
  return tf.concat(
    plan.states.map((entry) => states.get(entry) as Tensor2D),
    1,
  );
}

/** Gives back what a pass left. */
export function disposeLeavings({ statistics, states }: Leavings): void {
  for (const tensor of [...statistics.values(), ...states.values()]) tensor.dispose();
}
