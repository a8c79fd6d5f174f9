import { describe, expect, test } from 'vitest';
import type { TrainableNetwork } from '../../../agents/deep/parts/trainable-network.ts';
import { A2c } from '../../../agents/deep/policy-gradient/a2c.ts';
import type { ActorCritic } from '../../../agents/deep/policy-gradient/actor-critic.ts';
import { Ppo, type PpoOptions } from '../../../agents/deep/policy-gradient/ppo.ts';
import { Reinforce } from '../../../agents/deep/policy-gradient/reinforce.ts';
import { Alea } from '../../../core/alea.ts';
import { type Box, box, type Discrete, discrete } from '../../../core/space.ts';
import type { Transitions } from '../../../core/transitions.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { farthest, gradientTaken, mean, slopesOf, twinOf } from '../../helpers/float64-twin.ts';
import { shake } from '../../helpers/real-experience.ts';

const OBSERVATIONS = box([-9, -9], [9, 9]);
const CHOICES = discrete(3);
const REALS = box([-5, -5], [5, 5]);
const DISCOUNT = 0.9;
const LAMBDA = 0.8;

/** One step of both copies: rows of s, a, r, s′, and how it ended. */
interface Step {
  readonly states: readonly number[][];
  readonly choices: readonly number[];
  readonly reals: readonly number[][];
  readonly rewards: readonly number[];
  readonly nextStates: readonly number[][];
  readonly terminated: readonly number[];
  readonly truncated: readonly number[];
}

/** Copy 0 comes to an end in the second step, copy 1 is cut off in the first. */
const STEPS: readonly Step[] = [
  {
    states: [
      [1, 0.5],
      [-0.5, 2],
    ],
    choices: [0, 2],
    reals: [
      [0.3, -1],
      [1.2, 0.4],
    ],
    rewards: [1, -0.5],
    nextStates: [
      [0.3, -1],
      [0.8, 0.9],
    ],
    terminated: [0, 0],
    truncated: [0, 1],
  },
  {
    states: [
      [0.3, -1],
      [-1, 0.2],
    ],
    choices: [1, 1],
    reals: [
      [-0.7, 0.1],
      [0.2, -1.4],
    ],
    rewards: [2, 0.25],
    nextStates: [
      [2, 2],
      [0.6, -0.4],
    ],
    terminated: [1, 0],
    truncated: [0, 0],
  },
  {
    states: [
      [-0.7, 0.4],
      [0.6, -0.4],
    ],
    choices: [2, 0],
    reals: [
      [0.5, 0.9],
      [-0.3, 0.6],
    ],
    rewards: [-1, 0.75],
    nextStates: [
      [0.1, 0.1],
      [1.1, -1.3],
    ],
    terminated: [0, 0],
    truncated: [0, 0],
  },
];

function transitionsOf(step: Step, space: Discrete | Box, copies: readonly number[]): Transitions {
  const of = <T>(rows: readonly T[]) => copies.map((copy) => rows[copy]);
  return {
    observations: Float32Array.from(of(step.states).flat()),
    actions:
      space === CHOICES
        ? Int32Array.from(of(step.choices))
        : Float32Array.from(of(step.reals).flat()),
    rewards: Float64Array.from(of(step.rewards)),
    nextObservations: Float32Array.from(of(step.nextStates).flat()),
    terminated: Uint8Array.from(of(step.terminated)),
    truncated: Uint8Array.from(of(step.truncated)),
  };
}

/** All that an actor-critic has to learn: the network's parameters, then log σ of real actions. */
function parametersOf({ network, form }: ActorCritic): number[] {
  const deviations = form.parts.deviations as TrainableNetwork | undefined;
  return [...network.network.parameters, ...(deviations?.network.parameters ?? [])];
}

function shakeAll({ network, form }: ActorCritic): void {
  const rng = new Alea(9);
  shake(network.network.parameters, rng);
  const deviations = form.parts.deviations as TrainableNetwork | undefined;
  if (deviations !== undefined) shake(deviations.network.parameters, rng);
}

/** π(· | s) and V(s) in plain arithmetic. */
interface Judgement {
  readonly value: number;
  /** log π(a | s). */
  log(step: Step, copy: number): number;
  readonly entropy: number;
  /** KL(other ‖ this). */
  divergenceFrom(other: Judgement): number;
  /** What describes the distribution: log π, or μ and then log σ. */
  readonly policy: readonly number[];
}

function judge(outputs: readonly number[], logDeviations: readonly number[]): Judgement {
  const value = outputs[outputs.length - 1];
  if (logDeviations.length === 0) {
    const logits = outputs.slice(0, -1);
    const logSum = Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0));
    const policy = logits.map((z) => z - logSum);
    return {
      value,
      policy,
      log: (step, copy) => policy[step.choices[copy]],
      entropy: -policy.reduce((sum, log) => sum + Math.exp(log) * log, 0),
      divergenceFrom: ({ policy: old }) =>
        old.reduce((sum, log, a) => sum + Math.exp(log) * (log - policy[a]), 0),
    };
  }
  const size = logDeviations.length;
  const means = outputs.slice(0, size);
  const variances = logDeviations.map((log) => Math.exp(2 * log));
  return {
    value,
    policy: [...means, ...logDeviations],
    log: (step, copy) =>
      means.reduce((sum, mean, i) => {
        const distance = step.reals[copy][i] - mean;
        const squares = distance ** 2 / variances[i];
        return sum - 0.5 * (squares + Math.log(2 * Math.PI * variances[i]));
      }, 0),
    entropy: variances.reduce((sum, v) => sum + 0.5 * Math.log(2 * Math.PI * Math.E * v), 0),
    divergenceFrom: ({ policy: old }) =>
      means.reduce((sum, mean, i) => {
        const oldVariance = Math.exp(2 * old[size + i]);
        const ratio = (oldVariance + (old[i] - mean) ** 2) / variances[i];
        return sum + 0.5 * (ratio - 1 + Math.log(variances[i] / oldVariance));
      }, 0),
  };
}

/** What an actor-critic with these parameters thinks of states. */
type Judge = (parameters: ArrayLike<number>, states: readonly number[][]) => Judgement[];

function judgeOf({ network }: ActorCritic): Judge {
  const twin = twinOf(network.network.specification);
  const count = network.network.plan.parameterCount;
  return (parameters, states) => {
    const all = Array.from(parameters);
    const logDeviations = all.slice(count);
    return twin(all.slice(0, count), states).map((outputs) => judge(outputs, logDeviations));
  };
}

/** A row that is learned from. */
interface Row {
  readonly step: Step;
  readonly copy: number;
  readonly advantage: number;
  readonly return: number;
  readonly old: Judgement;
}

/** Every row with its advantage, Σ (γλ)ᵏ δₜ₊ₖ up to the end of its episode or of the rollout. */
function rowsOf(judgeWith: Judge, parameters: readonly number[], lambda: number): Row[] {
  const ahead = STEPS.map(({ nextStates }) => judgeWith(parameters, nextStates));
  const now = STEPS.map(({ states }) => judgeWith(parameters, states));
  const errorOf = (t: number, copy: number) => {
    const { rewards, terminated } = STEPS[t];
    const next = terminated[copy] === 1 ? 0 : ahead[t][copy].value;
    return rewards[copy] + DISCOUNT * next - now[t][copy].value;
  };
  return STEPS.flatMap((step, t) =>
    [0, 1].map((copy) => {
      let [advantage, weight] = [0, 1];
      for (let k = t; k < STEPS.length; k++) {
        advantage += weight * errorOf(k, copy);
        weight *= DISCOUNT * lambda;
        if (STEPS[k].terminated[copy] === 1 || STEPS[k].truncated[copy] === 1) break;
      }
      const old = now[t][copy];
      return { step, copy, advantage, return: advantage + old.value, old };
    }),
  );
}

/** The mean of a loss over rows, as a function of the parameters. */
function meanLoss(
  judgeWith: Judge,
  rows: readonly Row[],
  lossOf: (row: Row, now: Judgement) => number,
) {
  return (parameters: ArrayLike<number>) => {
    const states = rows.map(({ step, copy }) => step.states[copy]);
    const judgements = judgeWith(parameters, states);
    return mean(rows.map((row, i) => lossOf(row, judgements[i])));
  };
}

const SPACES = [
  ['choices', CHOICES],
  ['real numbers', REALS],
] as const;
const OPTIONS = {
  layers: [dense(3, { activation: 'tanh' })],
  policyLayers: [],
  valueLayers: [],
  discount: DISCOUNT,
  valueWeight: 0.7,
} as const;
const ACTOR_CRITIC = { valueWeight: 0.7, entropyWeight: 0.3 };

const actorCriticLoss = (row: Row, now: Judgement) =>
  -row.advantage * now.log(row.step, row.copy) +
  ACTOR_CRITIC.valueWeight * (row.return - now.value) ** 2 -
  ACTOR_CRITIC.entropyWeight * now.entropy;

describe.each(SPACES)('an update of A2C with %s', (_, space) => {
  const rate = 0.5;
  const agent = new A2c(
    { observationSpace: OBSERVATIONS, actionSpace: space, numEnvs: 2 },
    {
      ...OPTIONS,
      numSteps: 3,
      lambda: LAMBDA,
      entropyWeight: 0.3,
      optimizer: sgd({ learningRate: rate }),
    },
  );
  shakeAll(agent.actorCritic);
  const before = parametersOf(agent.actorCritic);
  for (const step of STEPS) agent.learn(transitionsOf(step, space, [0, 1]));
  const after = parametersOf(agent.actorCritic);
  const judgeWith = judgeOf(agent.actorCritic);
  const rows = rowsOf(judgeWith, before, LAMBDA);
  const loss = meanLoss(judgeWith, rows, actorCriticLoss);

  test('goes down the gradient of −A log π + c₁ (R − V)² − c₂ H', () => {
    const slopes = slopesOf(before, loss);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.3);
    expect(farthest(gradientTaken(before, after, rate), slopes)).toBeLessThan(1e-5);
  });

  test('tells its loss and its parts', () => {
    const metrics = agent.metrics();
    expect(metrics.loss).toBeCloseTo(loss(before), 5);
    expect(metrics.entropy).toBeCloseTo(mean(rows.map(({ old }) => old.entropy)), 5);
    expect(metrics.valueLoss).toBeCloseTo(mean(rows.map((row) => row.advantage ** 2)), 5);
    expect(metrics.explainedVariance).toBeCloseTo(explained(rows), 5);
  });
});

function variance(numbers: readonly number[]): number {
  const middle = mean(numbers);
  return mean(numbers.map((x) => (x - middle) ** 2));
}

function explained(rows: readonly Row[]): number {
  return 1 - variance(rows.map((row) => row.advantage)) / variance(rows.map((row) => row.return));
}

describe.each(SPACES)('an update of PPO with %s', (_, space) => {
  const create = (options: PpoOptions) => {
    const agent = new Ppo(
      { observationSpace: OBSERVATIONS, actionSpace: space, numEnvs: 2 },
      { ...OPTIONS, numSteps: 3, minibatches: 1, lambda: LAMBDA, ...options },
    );
    shakeAll(agent.actorCritic);
    const before = parametersOf(agent.actorCritic);
    for (const step of STEPS) agent.learn(transitionsOf(step, space, [0, 1]));
    return { agent, before, after: parametersOf(agent.actorCritic) };
  };

  test.each<PpoOptions>([
    { clip: 0.2, valueClip: null, normalizeAdvantages: false },
    { clip: 0.1, valueClip: 0.1, entropyWeight: 0.3 },
    { clip: null, klPenalty: { initial: 2 }, valueClip: 0.1 },
    { clip: 0.07, klPenalty: { initial: 0.5 }, entropyWeight: 0 },
  ])('goes down the gradient of its loss, twice from the same rollout: %o', (options) => {
    const rate = space === CHOICES ? 0.1 : 0.005;
    const optimizer = sgd({ learningRate: rate });
    const once = create({ ...options, optimizer, epochs: 1 });
    const twice = create({ ...options, optimizer, epochs: 2 });
    const judgeWith = judgeOf(once.agent.actorCritic);
    const rows = normalized(
      rowsOf(judgeWith, once.before, LAMBDA),
      options.normalizeAdvantages ?? true,
    );
    const loss = meanLoss(judgeWith, rows, ppoLossOf(once.agent.options));

    const first = slopesOf(once.before, loss);
    expectSame(gradientTaken(once.before, once.after, rate), first);

    // Now π is another than π_old: there is something to be clipped.
    const second = slopesOf(once.after, loss);
    const ratios = judgeWith(
      once.after,
      rows.map(({ step, copy }) => step.states[copy]),
    ).map((now, i) => Math.exp(now.log(rows[i].step, rows[i].copy) - logOf(rows[i])));
    const reach = (options.clip as number | null) ?? Infinity;
    const isOut = ratios.map((ratio) => Math.abs(ratio - 1) > reach);
    if (options.clip !== null) expect(new Set(isOut)).toEqual(new Set([true, false]));
    expectSame(gradientTaken(once.after, twice.after, rate), second);

    const metrics = twice.agent.metrics();
    expect(metrics.loss).toBeCloseTo(loss(once.after), 5);
    expect(metrics.clipShare).toBeCloseTo(mean(isOut.map(Number)), 6);
    expect(metrics.divergence).toBeCloseTo(mean(ratios.map((r) => r - 1 - Math.log(r))), 5);
    expect(metrics.explainedVariance).toBeCloseTo(
      explained(rowsOf(judgeWith, once.before, LAMBDA)),
      5,
    );
  });
});

/** Gradients are the same, but for what float32 leaves of a small step. */
function expectSame(taken: readonly number[], slopes: readonly number[]): void {
  const most = Math.max(...slopes.map(Math.abs));
  expect(most).toBeGreaterThan(0.1);
  expect(farthest(taken, slopes) / most).toBeLessThan(3e-5);
}

const logOf = ({ old, step, copy }: Row) => old.log(step, copy);

/** Advantages with mean 0 and the deviation of a sample 1; returns stay as they are. */
function normalized(rows: Row[], isWanted: boolean): Row[] {
  if (!isWanted) return rows;
  const advantages = rows.map(({ advantage }) => advantage);
  const deviation = Math.sqrt((variance(advantages) * rows.length) / (rows.length - 1));
  return rows.map((row) => ({ ...row, advantage: (row.advantage - mean(advantages)) / deviation }));
}

/** The paper's loss of a row, with clips and penalty as the options say. */
function ppoLossOf({
  clip,
  valueClip,
  valueWeight,
  entropyWeight,
  klPenalty,
}: Required<PpoOptions>) {
  return (row: Row, now: Judgement) => {
    const { advantage, old } = row;
    const ratio = Math.exp(now.log(row.step, row.copy) - logOf(row));
    const gain =
      clip === null
        ? advantage * ratio
        : Math.min(advantage * ratio, advantage * within(ratio, 1, clip as number));
    const bounded = valueClip === null ? now.value : within(now.value, old.value, valueClip);
    const valueLoss = 0.5 * Math.max((now.value - row.return) ** 2, (bounded - row.return) ** 2);
    const penalty = (klPenalty?.initial ?? 0) * now.divergenceFrom(old);
    return -gain + valueWeight * valueLoss - entropyWeight * now.entropy + penalty;
  };
}

function within(x: number, middle: number, reach: number): number {
  return Math.max(middle - reach, Math.min(middle + reach, x));
}

describe.each([true, false])('an update of REINFORCE, with a baseline: %s', (baseline) => {
  // Copy 0 for the steps up to its end, copy 1 for the first, where it is cut off.
  const [first, second] = STEPS;
  const rate = 0.5;
  const agent = new Reinforce(
    { observationSpace: OBSERVATIONS, actionSpace: CHOICES, numEnvs: 2 },
    {
      ...OPTIONS,
      baseline,
      entropyWeight: 0.3,
      episodesPerUpdate: 2,
      normalizeAdvantages: false,
      optimizer: sgd({ learningRate: rate }),
    },
  );
  shakeAll(agent.actorCritic);
  const before = parametersOf(agent.actorCritic);
  agent.learn(transitionsOf(first, CHOICES, [0, 1]));
  agent.learn(transitionsOf(second, CHOICES, [0, 1]));
  const after = parametersOf(agent.actorCritic);

  test('goes down the gradient of −(G − V) log π, with V(s′) where it was cut', () => {
    const judgeWith = judgeOf(agent.actorCritic);
    const [, { value: beyond }] = judgeWith(before, first.nextStates);
    const rows = [
      { step: first, copy: 0, return: 1 + DISCOUNT * 2 },
      { step: second, copy: 0, return: 2 },
      { step: first, copy: 1, return: -0.5 + (baseline ? DISCOUNT * beyond : 0) },
    ].map((row) => {
      const [old] = judgeWith(before, [row.step.states[row.copy]]);
      return { ...row, old, advantage: row.return - (baseline ? old.value : 0) };
    });
    const loss = meanLoss(judgeWith, rows, (row, now) =>
      baseline
        ? actorCriticLoss(row, now)
        : -row.advantage * now.log(row.step, row.copy) - 0.3 * now.entropy,
    );
    const slopes = slopesOf(before, loss);
    expect(farthest(gradientTaken(before, after, rate), slopes)).toBeLessThan(1e-5);
    expect(agent.metrics().loss).toBeCloseTo(loss(before), 5);
    expect(agent.metrics().explainedVariance).toBeCloseTo(baseline ? explained(rows) : 0, 5);
  });
});
