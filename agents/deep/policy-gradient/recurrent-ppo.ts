import type { Inspection } from '../../../core/agent.ts';
import { checkInteger, resolveOptions } from '../../../core/check.ts';
import type { Rng } from '../../../core/rng.ts';
import { numCopies, type Task } from '../../task.ts';
import { createEncoder } from '../parts/observations.ts';
import { recurrentBody } from '../parts/recurrent-body.ts';
import { ActorCritic } from './actor-critic.ts';
import type { OnPolicyOptions } from './actor-critic-options.ts';
import { checkPpoOptions, PPO_DEFAULTS, type PpoOptions } from './ppo.ts';
import { type Minibatches, PpoUpdates } from './ppo-updates.ts';
import { RolloutAgent } from './rollout-agent.ts';
import { RolloutCollector } from './rollout-collector.ts';

/** How to act and learn. */
export interface RecurrentPpoOptions extends Omit<PpoOptions, 'minibatches' | keyof Layers> {
  /**
   * What policy and value share. Default `null`: a dense layer of 64 with tanh for vectors, convolutions
   * for images, then an LSTM. Recurrent layers may stand here, and among those of policy and value.
   */
  readonly layers?: OnPolicyOptions['layers'];
  /** What only the policy has. Default `null`: nothing. */
  readonly policyLayers?: OnPolicyOptions['policyLayers'];
  /** What only the value has. Default `null`: nothing. */
  readonly valueLayers?: OnPolicyOptions['valueLayers'];
  /**
   * Batches of an epoch, each of the whole rollouts of some copies: a divisor of their number. Default
   * `null`: the greatest up to 4.
   */
  readonly minibatches?: number | null;
}

type Layers = Pick<OnPolicyOptions, 'layers' | 'policyLayers' | 'valueLayers'>;

/** The options that `new RecurrentPpo(task)` stands for: those of PPO, but for layers and batches. */
export const RECURRENT_PPO_DEFAULTS: Required<RecurrentPpoOptions> = {
  ...PPO_DEFAULTS,
  minibatches: null,
};

/**
 * PPO with a network that remembers: for worlds where what is seen does not tell the state.
 *
 *     loop: act for numSteps steps with π_old, carrying the network's state from step to step
 *           A ← GAE(λ), R ← A + V_old
 *           for each epoch, for each minibatch of whole copies:
 *               go over their steps from the state before the first, forgetting where episodes begin
 *               θ ← θ − α ∇ L(θ)      (`ppoLoss`)
 *
 * Gradients go back to the first step of the rollout, and to the beginning of an episode within it. The
 * state before the first step stays that which the network of the rollout before had left. The own
 * memory follows the transitions that are learned from, whoever acted.
 *
 * Source: Schulman et al. (2017), "Proximal policy optimization algorithms"; with recurrent networks as
 * in CleanRL's `ppo_atari_lstm.py` and sb3-contrib's `RecurrentPPO`. Differs from them in that a time
 * limit does not end the value: V(s′) of the true successor is added, with what was carried to it.
 */
export class RecurrentPpo extends RolloutAgent<Required<RecurrentPpoOptions>> {
  readonly name = 'recurrent-ppo';

  /**
   * @throws RangeError if actions are neither `Discrete` nor real, or an option is unknown or out of
   *   range, or the layers do not fit the observations, or none of them is recurrent.
   */
  constructor(task: Task, options: RecurrentPpoOptions = {}) {
    const where = 'RecurrentPpo';
    const resolved = resolveRecurrentPpoOptions(where, options, task);
    const { numSteps, klPenalty } = resolved;
    const actorCritic = new ActorCritic(where, task, { ...resolved, recurrent: true });
    const collector = new RolloutCollector(where, task, actorCritic, numSteps, klPenalty !== null);
    const { rollout } = collector;
    const minibatches = wholeCopies(collector, resolved.minibatches);
    const learning = { actorCritic, rollout, minibatches };
    const updates = new PpoUpdates(`${where}.learn`, learning, resolved);
    super(resolved, { where, actorCritic, collector, updates });
  }

  begin(starts: Uint8Array): void {
    this.collector.carried.begin(starts);
  }

  /** π and V, as if the first copy saw the observation now, with what it remembers. */
  override inspect(observation: Float32Array, actionMask?: Uint8Array): Inspection {
    return this.actorCritic.inspect(observation, actionMask, this.collector.carried.ofFirst());
  }
}

/** Batches of the whole rollouts of some copies, each gone over from where the rollout began. */
function wholeCopies({ rollout, startStates }: RolloutCollector, count: number): Minibatches {
  const { numEnvs, numSteps } = rollout.options;
  const perBatch = numEnvs / count;
  const size = startStates.length / numEnvs;
  const state = new Float32Array(perBatch * size);
  let copies: Int32Array = new Int32Array(0);
  return {
    count,
    rows: perBatch * numSteps,
    shuffle(rng: Rng) {
      copies = rollout.shuffleCopies(rng, perBatch);
    },
    forwardOptions({ starts }, first) {
      for (let i = 0; i < perBatch; i++) {
        const copy = copies[first / numSteps + i];
        state.set(startStates.subarray(copy * size, (copy + 1) * size), i * size);
      }
      return { steps: numSteps, starts, state };
    },
  };
}

function resolveRecurrentPpoOptions(where: string, given: RecurrentPpoOptions, task: Task) {
  const options = resolveOptions<RecurrentPpoOptions>(
    where,
    RECURRENT_PPO_DEFAULTS,
    given,
  ) as Required<RecurrentPpoOptions>;
  const input = createEncoder(task.observationSpace);
  return checkPpoOptions(where, task, {
    ...options,
    layers: options.layers ?? recurrentBody(input, TANH_LAYER),
    policyLayers: options.policyLayers ?? [],
    valueLayers: options.valueLayers ?? [],
    minibatches: countMinibatches(where, options.minibatches, numCopies(where, task)),
  });
}

const TANH_LAYER = {
  hidden: [64],
  activation: 'tanh',
  initializer: { kind: 'orthogonal', gain: Math.SQRT2 },
} as const;

function countMinibatches(where: string, given: number | null, copies: number): number {
  const divides = (count: number) => copies % count === 0;
  if (given === null) return [4, 3, 2].find(divides) ?? 1;
  checkInteger(`${where}: minibatches`, given, 1, copies);
  if (divides(given)) return given;
  throw new RangeError(
    `${where}: minibatches must divide the ${copies} copies of the world, got ${given}.`,
  );
}
