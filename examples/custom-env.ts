// A world of one's own, trained and drawn: npx tsx examples/custom-env.ts
import { makeAgent } from '../agents/registry.ts';
import type { Dynamics } from '../core/dynamics.ts';
import { type Discrete, discrete } from '../core/space.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { evaluate } from '../training/evaluate.ts';
import { Trainer } from '../training/trainer.ts';

/** A ladder of ten rungs: each step up may slip back two. The top is worth 1. */
function ladder(): Dynamics<Discrete, Discrete, Int32Array> {
  return {
    name: 'Ladder',
    observationSpace: discrete(10),
    actionSpace: discrete(2, ['careful', 'bold']),
    stateSize: 1,
    stateKind: 'int32',
    timeLimit: 50,
    reset(state) {
      state[0] = 0;
    },
    step(state, action, rng) {
      const bold = action === 1;
      const slips = rng.uniform() < (bold ? 0.3 : 0.05);
      state[0] = Math.min(9, Math.max(0, state[0] + (slips ? -2 : bold ? 2 : 1)));
      return state[0] === 9 ? 1 : 0;
    },
    isTerminal: (state) => state[0] === 9,
    observe(state, observation) {
      observation[0] = state[0];
    },
    scene: (state) => ({
      kind: 'grid',
      rows: 10,
      columns: 1,
      tiles: Array.from({ length: 10 }, (_, row) => (row === 0 ? 'goal' : 'floor')),
      tokens: [{ kind: 'agent', row: 9 - state[0], column: 0 }],
    }),
  };
}

const world = ladder();
const agent = makeAgent('q-learning', world, { discount: 0.9, seed: 1 });
const trainer = new Trainer(agent, new VectorEnv(world, { seed: 1 }), { steps: 50_000 });
trainer.advance(50_000);

for (let rung = 0; rung < 9; rung++) {
  const [careful, bold] = agent.inspect(Float32Array.of(rung)).actionValues ?? [];
  console.log(`rung ${rung}: ${bold > careful ? 'bold' : 'careful'}`);
}
const { meanReturn, meanLength } = evaluate(agent.greedy(), world, { episodes: 1000 });
console.log(`top reached in ${100 * meanReturn}% of the episodes, after ${meanLength} steps`);
