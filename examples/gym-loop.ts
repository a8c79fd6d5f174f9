// The interface that follows Gymnasium's, one step at a time: npx tsx examples/gym-loop.ts
import { make } from '../envs/registry.ts';

const env = make('CartPole-v1', { seed: 7 });

for (let episode = 0; episode < 3; episode++) {
  let { observation } = env.reset();
  let total = 0;
  for (;;) {
    const [, , angle, angularVelocity] = observation;
    const action = angle + 0.2 * angularVelocity > 0 ? 1 : 0; // push to the side it falls to
    const step = env.step(action);
    total += step.reward;
    if (step.terminated || step.truncated) break;
    observation = step.observation;
  }
  console.log(`episode ${episode}: return ${total}`);
}

// A snapshot brings the same future back.
env.reset();
const snapshot = env.snapshot();
const first = env.step(1);
env.restore(snapshot);
const again = env.step(1);
console.log(
  `the same step again: ${first.observation.every((x, i) => x === again.observation[i])}`,
);
