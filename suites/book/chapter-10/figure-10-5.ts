import { DifferentialSemiGradientSarsa } from '../../../agents/linear/differential-semi-gradient-sarsa.ts';
import { evaluateAverageReward } from '../../../agents/planning/evaluate-average-reward.ts';
import { relativeValueIteration } from '../../../agents/planning/relative-value-iteration.ts';
import type { TabularModel } from '../../../core/tabular-model.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { accessControl } from '../../../envs/tabular/access-control.ts';
import type { Chart } from '../../charts/chart.ts';
import { meanInterval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import { type Experiment, exactly, measured } from '../experiment.ts';
import { runLength, runSeed } from '../run-length.ts';

const SERVERS = 10;
const PAYS = [1, 2, 4, 8];
const STEPS = 2_000_000;
const EPSILON = 0.1;

// bench/peers/book/access_control.py 40 2000000
const FROM = 'NumPy, 40 runs (bench/peers/book/access_control.py)';
const REFERENCES = {
  optimum: 2.7476419505724907,
  average: measured(2.639575, 0.000427),
  reward: measured(2.638838, 0.000426),
  exact: measured(2.640654, 0.000791),
  rises: {
    1: measured(4.244957, 0.038404),
    4: measured(6.222374, 0.036914),
    9: measured(0.244322, 0.020341),
  },
  servers: measured(1.110734, 0.040908),
} as const;

/** Differential semi-gradient Sarsa on the access-control queuing task. */
export const FIGURE_10_5: Experiment = {
  name: 'figure-10.5',
  title: 'Policy and values of differential Sarsa on the access-control queuing task',
  source: 'Sutton & Barto (2018), figure 10.5',
  runs: 20,
  run({ runs, seed }) {
    const model = accessControl().model?.() as TabularModel;
    const plan = relativeValueIteration(model);
    const steps = runLength(runs, STEPS, 20_000);
    const learned = Array.from({ length: runs }, (_, run) =>
      learn(model, steps, runSeed(seed, run)),
    );
    const best = new Curves((SERVERS + 1) * PAYS.length);
    for (const { values } of learned) best.add(values);
    const rise = (at: number, above: number) =>
      meanInterval(learned.map(({ values }) => values[at] - values[above]));
    return {
      findings: [
        {
          what: 'best average reward',
          ours: exactly(plan.averageReward),
          reference: exactly(REFERENCES.optimum),
          from: 'policy iteration in NumPy (bench/peers/book/access_control.py)',
        },
        {
          what: 'R̄, average of the second half',
          ours: meanInterval(learned.map(({ average }) => average)),
          reference: REFERENCES.average,
          from: FROM,
          book: 'about 2.31 at the end',
        },
        {
          what: 'reward of a step, second half',
          ours: meanInterval(learned.map(({ reward }) => reward)),
          reference: REFERENCES.reward,
          from: FROM,
        },
        {
          what: 'exact average reward of the learned policy, ε-greedy',
          ours: meanInterval(learned.map(({ exact }) => exact)),
          reference: REFERENCES.exact,
          from: FROM,
        },
        ...[1, 4, 9].map((free) => ({
          what: `value of a customer of 8 less that of 1, ${free} free`,
          ours: rise(free * PAYS.length + 3, free * PAYS.length),
          reference: REFERENCES.rises[free as 1 | 4 | 9],
          from: FROM,
        })),
        {
          what: 'value of 9 free servers less that of 1, customer of 8',
          ours: rise(9 * PAYS.length + 3, PAYS.length + 3),
          reference: REFERENCES.servers,
          from: FROM,
        },
      ],
      charts: [
        policyChart('Learned policy, first run', learned[0].policy),
        policyChart('Best policy', plan.policy),
        valueChart(best),
      ],
    };
  },
};

/** One run. */
function learn(model: TabularModel, steps: number, seed: number) {
  const envs = new VectorEnv(accessControl(), { seed });
  const agent = new DifferentialSemiGradientSarsa(envs.dynamics, {
    features: { kind: 'state-aggregation', groups: model.numStates },
    stepSize: 0.01,
    averageStepSize: 0.01,
    epsilon: EPSILON,
    seed,
  });
  const actions = envs.createActions();
  const half = Math.floor(steps / 2);
  let rewards = 0;
  let averages = 0;
  for (let step = 0; step < steps; step++) {
    agent.act(envs.observations, actions);
    const transitions = envs.step(actions);
    agent.learn(transitions);
    if (step < half) continue;
    rewards += transitions.rewards[0];
    averages += agent.averageReward;
  }
  const policy = new Int32Array(model.numStates);
  const states = Float32Array.from(policy, (_, state) => state);
  agent.greedy().act(states, policy);
  const values = Float64Array.from(states, (state) => {
    return agent.inspect(Float32Array.of(state)).value as number;
  });
  return {
    policy,
    values,
    reward: rewards / (steps - half),
    average: averages / (steps - half),
    exact: evaluateAverageReward(model, soften(policy)).averageReward,
  };
}

/**
 * The chances of the ε-greedy policy, `[numStates × 2]`. The greedy one by itself may turn everybody
 * away when all servers are free, which is too rare to be learned well, and then earns nothing.
 */
function soften(policy: Int32Array): Float64Array {
  return Float64Array.from({ length: 2 * policy.length }, (_, row) => {
    const greedy = policy[Math.floor(row / 2)] === row % 2 ? 1 - EPSILON : 0;
    return greedy + EPSILON / 2;
  });
}

/** A row for each kind of customer, a column for each number of free servers but 0. */
function policyChart(title: string, policy: Int32Array): Chart {
  const cells = Array.from({ length: PAYS.length * SERVERS }, (_, cell) => {
    const free = 1 + (cell % SERVERS);
    return policy[free * PAYS.length + Math.floor(cell / SERVERS)];
  });
  return {
    kind: 'grid',
    title,
    rows: PAYS.length,
    columns: SERVERS,
    values: cells,
    texts: cells.map((action) => (action === 1 ? 'accept' : 'reject')),
    x: {
      label: 'free servers',
      tickLabels: Array.from({ length: SERVERS }, (_, i) => String(i + 1)),
    },
    y: { label: 'customer pays', tickLabels: PAYS.map(String) },
  };
}

function valueChart(best: Curves): Chart {
  return {
    kind: 'lines',
    title: 'Differential value of the best action',
    x: { label: 'free servers' },
    y: { label: 'value' },
    series: PAYS.map((pay, kind) => {
      const free = Array.from({ length: SERVERS + 1 }, (_, i) => i);
      const intervals = free.map((i) => best.interval(i * PAYS.length + kind));
      return {
        name: `customer of ${pay}`,
        x: free,
        y: intervals.map(({ estimate }) => estimate),
        low: intervals.map(({ low }) => low),
        high: intervals.map(({ high }) => high),
      };
    }),
  };
}
