// An agent of one's own finds what Q-learning does not: npx tsx examples/custom-agent.ts
import { ActionValues } from '../agents/action-values.ts';
import { makeAgent, registerAgent } from '../agents/registry.ts';
import { restoreParts, saveParts } from '../agents/saved-parts.ts';
import { greedyPolicy } from '../agents/tabular/greedy-policy.ts';
import { requireDiscrete, type Task } from '../agents/task.ts';
import type { Agent } from '../core/agent.ts';
import type { SavedData } from '../core/saved.ts';
import type { Transitions } from '../core/transitions.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { makeDynamics } from '../envs/registry.ts';
import { evaluate } from '../training/evaluate.ts';
import { Trainer } from '../training/trainer.ts';

const DEFAULTS = { discount: 0.99, bonus: 1 };

/** Q-learning that goes where it has seldom been: it acts by Q(s, a) + β / √N(s, a). */
function countingQLearning(task: Task, given: Partial<typeof DEFAULTS> = {}): Agent {
  const name = 'counting-q-learning';
  const options = { ...DEFAULTS, ...given };
  const states = requireDiscrete(name, 'observations', task.observationSpace).n;
  const actions = requireDiscrete(name, 'actions', task.actionSpace).n;
  const values = new ActionValues(states, actions); // Q(s, a)
  const scores = new ActionValues(states, actions, 1e9); // what it acts by: untried actions first
  const counts = new Float64Array(states * actions); // N(s, a)
  const parts = { values: values.table, scores: scores.table, counts };
  return {
    name,
    options,
    act: greedyPolicy(scores).act, // it takes no illegal action
    greedy: () => greedyPolicy(values),
    learn({ observations, actions: taken, rewards, nextObservations, ...rest }: Transitions) {
      for (let i = 0; i < rewards.length; i++) {
        const entry = observations[i] * actions + taken[i];
        const next = values.value(nextObservations[i], rest.nextActionMasks, i);
        const target = rewards[i] + (rest.terminated[i] ? 0 : options.discount * next);
        counts[entry]++;
        values.table[entry] += (target - values.table[entry]) / Math.sqrt(counts[entry]);
        scores.table[entry] = values.table[entry] + options.bonus / Math.sqrt(counts[entry]);
      }
    },
    inspect: ([state]) => ({ actionValues: values.row(state), value: values.value(state) }),
    metrics: () => ({ tried: counts.filter((count) => count > 0).length }),
    save: () => saveParts(name, parts),
    restore: (saved: SavedData) => restoreParts(name, saved, name, parts),
  };
}

const description = 'Q-learning that goes where it has seldom been.';
const [name, family] = ['counting-q-learning', 'tabular'] as const;
registerAgent({ name, family, description, defaults: DEFAULTS, create: countingQLearning });

const sea = makeDynamics('DeepSeaTabular-v0'); // the treasure lies at the end of one way of 1,024
for (const rival of ['q-learning', 'counting-q-learning']) {
  const agent = makeAgent(rival, sea, { discount: 1 });
  new Trainer(agent, new VectorEnv(sea), { steps: 20_000 }).advance(20_000);
  console.log(`${rival}: return ${evaluate(agent.greedy(), sea).meanReturn.toFixed(3)}`);
}
