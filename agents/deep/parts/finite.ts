import type { TrainableNetwork } from './trainable-network.ts';

/**
 * Says what has become infinite or NaN, where a loss has.
 *
 * @param where Whose loss it is: `Dqn.learn`, or `Sac.learn, actor` where an agent has several networks.
 * @throws Error that names the update, and the first parameter tensor that is not finite; where all
 *   are, how large the largest is: parameters that have grown, the inputs or the targets are to blame.
 */
export function refuseUnlessFinite(
  where: string,
  { network, updates }: Pick<TrainableNetwork, 'network' | 'updates'>,
  loss: number,
): never {
  const { parameters, plan } = network;
  const broken = plan.parameters.find(({ offset, size }) =>
    parameters.subarray(offset, offset + size).some((value) => !Number.isFinite(value)),
  );
  const culprit =
    broken === undefined
      ? `All parameters are finite, the largest of magnitude ${largest(parameters)}: lower the learning rate or clip gradients, and look at the observations and rewards`
      : `${broken.name} is not finite: lower the learning rate or clip gradients`;
  throw new Error(
    `${where}: the loss of update ${updates + 1} must be finite, got ${loss}. ${culprit}.`,
  );
}

function largest(parameters: Float32Array): string {
  return parameters.reduce((most, value) => Math.max(most, Math.abs(value)), 0).toPrecision(2);
}
