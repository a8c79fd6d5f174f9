import { scheduleValue } from '../../core/schedule.ts';
import type { OptimizerKernels } from '../kernels/optimizers.ts';
import { CLIP_TINY } from '../optimizers/clip.ts';
import { type OptimizerSpecification, optimizerDefinition } from '../optimizers/specification.ts';
import type { NetworkPlan } from '../plan.ts';
import { optimizerKernels } from './optimizer-kernels.ts';
import type { Tensor, Tensor1D, TensorFlow } from './tensorflow.ts';

/**
 * One update of all parameters, on the device.
 *
 * The learning rate and what corrects for bias are worked out here, as for the other engines; norms
 * stay on the device, so that nothing has to be waited for.
 *
 * @param tensors Parameters, gradients, then what the optimizer remembers; `[parameterCount]` each.
 *   They are read, not disposed of.
 * @param updates How many there have been before.
 * @returns the same list after the update.
 */
export function stepTensors(
  tf: TensorFlow,
  plan: NetworkPlan,
  specification: OptimizerSpecification,
  tensors: readonly Tensor1D[],
  updates: number,
): Tensor1D[] {
  const list = [...tensors];
  const kernels = optimizerKernels(tf, list) as OptimizerKernels; // nobody asks for norms
  const { clip, l1, l2, learningRate } = specification;
  if (clip !== null) {
    if ('value' in clip) kernels.clipValues(GRADIENTS, clip.value, 1);
    else if ('globalNorm' in clip) list[GRADIENTS] = clipNorm(tf, list[GRADIENTS], clip.globalNorm);
    else list[GRADIENTS] = clipEach(tf, plan, list[GRADIENTS], clip.norm);
  }
  if (l1 > 0 || l2 > 0) kernels.addPenalties(PARAMETERS, GRADIENTS, 1, l1, l2);
  const at = { parameters: PARAMETERS, gradients: GRADIENTS, state: STATE, n: 1 };
  const rate = scheduleValue(learningRate, updates);
  const definition = optimizerDefinition(specification);
  definition.step(specification, kernels, { ...at, updates: updates + 1 }, rate);
  return list;
}

const PARAMETERS = 0;
const GRADIENTS = 1;
const STATE = 2; // and on

/** g · min(1, limit / (‖g‖ + tiny)). */
function clipNorm(tf: TensorFlow, gradients: Tensor1D, limit: number): Tensor1D {
  const norm = tf.sqrt(tf.sum(tf.square(gradients)));
  const scale: Tensor = tf.minimum(tf.div(limit, tf.add(norm, CLIP_TINY)), 1);
  return tf.mul(gradients, scale);
}

function clipEach(tf: TensorFlow, plan: NetworkPlan, gradients: Tensor1D, limit: number): Tensor1D {
  return tf.concat(
    plan.parameters.map(({ offset, size }) =>
      clipNorm(tf, tf.slice(gradients, [offset], [size]), limit),
    ),
  );
}
