import { describe, expect, test } from 'vitest';
import { Sac, type SacOptions } from '../../../agents/deep/off-policy/sac.ts';
import { Alea } from '../../../core/alea.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { sgd } from '../../../networks/optimizers/sgd.ts';
import { farthest, gradientTaken, mean, slopesOf, twinOf } from '../../helpers/float64-twin.ts';
import {
  drawBatch,
  join,
  REAL_EXPERIENCE,
  REAL_TASK,
  shake,
} from '../../helpers/real-experience.ts';

const RATE = 0.5;
const DISCOUNT = 0.9;
const TARGET_STEP = 0.25;
const START = 0.3; // α
const SOUGHT = -0.5; // H̄
const ROWS = 6;
const OPTIONS: SacOptions = {
  layers: [dense(3, { activation: 'tanh' })],
  discount: DISCOUNT,
  targetStepSize: TARGET_STEP,
  initialTemperature: START,
  targetEntropy: SOUGHT,
  optimizer: sgd({ learningRate: RATE }),
  capacity: 10,
  batchSize: ROWS,
  learningStarts: 3,
  seed: 4,
};

/** The batch and the noise that the agent with `OPTIONS` draws in its first update. */
function draws() {
  const rng = new Alea(4, 'agent');
  const batch = drawBatch(rng, ROWS);
  const noise = () => Array.from({ length: ROWS }, () => [rng.normal(), rng.normal()]);
  return { ...batch, noise: noise(), nextNoise: noise() };
}

/** a = tanh(μ + σ ε) and log π(a), as the paper's appendix C has it. */
function squash(outputs: readonly number[], noise: readonly number[]) {
  const size = noise.length;
  const actions = noise.map((e, i) => Math.tanh(outputs[i] + Math.exp(outputs[size + i]) * e));
  const logs = noise.map(
    (e, i) =>
      -0.5 * e * e -
      outputs[size + i] -
      0.5 * Math.log(2 * Math.PI) -
      Math.log(1 - actions[i] ** 2 + 1e-6),
  );
  return { actions, log: logs.reduce((sum, each) => sum + each, 0) };
}

/** An agent before and after its first update; its target critics are others than its critics. */
function updated(options: SacOptions = {}) {
  const agent = new Sac(REAL_TASK, { ...OPTIONS, ...options });
  const { actor, critic } = agent;
  const rng = new Alea(9);
  shake(actor.network.parameters, rng);
  shake(critic.critic.network.parameters, rng);
  shake(critic.target.parameters, rng);
  const look = () => ({
    actor: actor.network.parameters.slice(),
    critic: critic.critic.network.parameters.slice(),
    target: critic.target.parameters.slice(),
  });
  const before = look();
  agent.learn(REAL_EXPERIENCE);
  const policyOf = twinOf(actor.network.specification);
  const valuesOf = twinOf(critic.critic.network.specification);
  return { agent, before, after: look(), policyOf, valuesOf };
}

const { states, actions, rewards, nextStates, goesOn, noise, nextNoise } = draws();
describe('an update of SAC', () => {
  const { agent, before, after, policyOf, valuesOf } = updated();

  /** Of a policy: its draws for the batch, and mean α log π(a | s) − minᵢ Qᵢ(s, a). */
  const drawn = (parameters: ArrayLike<number>) =>
    policyOf(parameters, states).map((outputs, row) => squash(outputs, noise[row]));
  const actorLoss = (parameters: ArrayLike<number>) => {
    const rows = drawn(parameters);
    const values = valuesOf(
      before.critic,
      join(
        states,
        rows.map((row) => row.actions),
      ),
    );
    return mean(rows.map(({ log }, row) => START * log - Math.min(...values[row])));
  };

  /** y = r + γ (minᵢ Q̂ᵢ(s′, a′) − α log π(a′ | s′)), a′ of the policy as it is by then. */
  const nextDrawn = policyOf(after.actor, nextStates).map((outputs, row) =>
    squash(outputs, nextNoise[row]),
  );
  const nextValues = valuesOf(
    before.target,
    join(
      nextStates,
      nextDrawn.map((row) => row.actions),
    ),
  );
  const targets = rewards.map((reward, row) => {
    const soft = Math.min(...nextValues[row]) - START * nextDrawn[row].log;
    return reward + DISCOUNT * goesOn[row] * soft;
  });
  const criticLoss = (parameters: ArrayLike<number>) =>
    mean(
      valuesOf(parameters, join(states, actions)).map(
        ([first, second], row) =>
          0.5 * (first - targets[row]) ** 2 + 0.5 * (second - targets[row]) ** 2,
      ),
    );

  test('has a batch that tells lines apart', () => {
    expect(new Set(goesOn)).toEqual(new Set([0, 1]));
    const lower = nextValues.map(([first, second]) => first < second);
    expect(new Set(lower)).toEqual(new Set([false, true]));
  });

  test('moves the actor down the gradient of α log π − min Q, through its draws', () => {
    const taken = gradientTaken(before.actor, after.actor, RATE);
    const slopes = slopesOf(before.actor, actorLoss);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.05);
    expect(farthest(taken, slopes)).toBeLessThan(2e-6);
    expect(agent.metrics().actorLoss).toBeCloseTo(actorLoss(before.actor), 5);
  });

  test('moves both critics towards r + γ (min Q̂ − α log π), and r at an end', () => {
    const taken = gradientTaken(before.critic, after.critic, RATE);
    const slopes = slopesOf(before.critic, criticLoss);
    expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.5);
    expect(farthest(taken, slopes)).toBeLessThan(5e-6);
    expect(agent.metrics().criticLoss).toBeCloseTo(criticLoss(before.critic), 5);
  });

  test('lets the target critics follow by τ', () => {
    const expected = before.target.map((old, i) => old + TARGET_STEP * (after.critic[i] - old));
    expect(farthest(after.target, expected)).toBeLessThan(1e-6);
  });

  test('moves log α down the gradient of −log α · mean (log π + H̄)', () => {
    const meanLog = mean(drawn(before.actor).map(({ log }) => log));
    const loss = (at: ArrayLike<number>) => -at[0] * (meanLog + SOUGHT);
    const [slope] = slopesOf([Math.log(START)], loss);
    const expected = Math.exp(Math.log(START) - RATE * slope);
    expect(agent.metrics().temperature).toBeCloseTo(expected, 5);
    expect(agent.metrics().entropy).toBeCloseTo(-meanLog, 5);
    expect(Math.abs(expected - START)).toBeGreaterThan(0.05);
  });

  test('leaves α as it is where it is fixed', () => {
    expect(updated({ temperature: START }).agent.metrics().temperature).toBe(START);
  });
});
