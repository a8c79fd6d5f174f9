// A stack of wrappers that is data, and builds the same env again: npx tsx examples/wrappers.ts
import { Alea } from '../core/alea.ts';
import type { EnvSpec } from '../core/env-spec.ts';
import { describeSpace } from '../core/spaces/describe.ts';
import { sample } from '../core/spaces/sample.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { make, makeDynamics } from '../envs/registry.ts';

// Innermost first: coarse actions that stick at times, four frames together, short episodes.
const env = make('Pendulum-v1', {
  wrappers: [
    { name: 'discretize-action', options: { bins: 5 } },
    { name: 'sticky-action', options: { probability: 0.25 } },
    { name: 'frame-stack-observation', options: { frames: 4 } },
    { name: 'time-limit', options: { steps: 50 } },
  ],
});
const { observationSpace, actionSpace } = env;
console.log(
  `observations ${describeSpace(observationSpace)}, actions ${describeSpace(actionSpace)}`,
);

// The spec of an env is JSON: keep it beside the results, and make the env again.
const text = JSON.stringify(env.spec);
console.log(text);
const spec: EnvSpec = JSON.parse(text);

/** The return of one episode with random actions. */
function play(world: typeof env): number {
  const actions = new Alea(1);
  world.reset({ seed: 7 });
  for (let total = 0; ; ) {
    const { reward, terminated, truncated } = world.step(sample(world.actionSpace, actions));
    total += reward;
    if (terminated || truncated) return total;
  }
}
const returns = [play(env), play(make(spec))];
console.log(
  `returns ${returns.join(' and ')}: ${returns[0] === returns[1] ? 'the same' : 'others'}`,
);

// Wrapped rules are rules, and run in many copies like any other.
const envs = new VectorEnv(makeDynamics(spec), { numEnvs: 256, seed: 7 });
const actions = envs.createActions();
for (let t = 0; t < 50; t++) envs.step(actions.fill(t % 5));
console.log(`${envs.numEnvs} copies, ${envs.observations.length} numbers observed at once`);
