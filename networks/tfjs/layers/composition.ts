import type { Concatenate } from '../../layers/concatenate.ts';
import { type Dueling, duelingSize } from '../../layers/dueling.ts';
import type { Residual } from '../../layers/residual.ts';
import { activate } from '../activation.ts';
import type { LayerOps } from './layer-ops.ts';

/** f(F(x) + S(x)). */
export const residualOps: LayerOps<Residual> = ({ layer, branches }, x, { tf, stack }) => {
  const [body, shortcut] = branches;
  return activate(tf, layer.activation, tf.add(stack(body, x), stack(shortcut, x)));
};

/** What all branches make of x, side by side. */
export const concatenateOps: LayerOps<Concatenate> = ({ branches }, x, { tf, stack }) =>
  tf.concat(
    branches.map((branch) => stack(branch, x)),
    x.shape.length - 1,
  );

/** q = v + a − mean(a), of each of an action's numbers. */
export const duelingOps: LayerOps<Dueling> = (plan, x, { tf, pass, stack }) => {
  const { output, branches } = plan;
  const size = duelingSize(plan);
  const [value, advantage] = branches.map((branch) =>
    tf.reshape(stack(branch, x), [pass.rows, -1, size]),
  );
  const values = tf.add(value, tf.sub(advantage, tf.mean(advantage, 1, true)));
  return tf.reshape(values, [pass.rows, ...output]);
};
