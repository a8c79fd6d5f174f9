// Stops a training, goes on in a new one, and ends with the same bits: npx tsx examples/resume.ts
import { Sarsa } from '../agents/tabular/sarsa.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { taxi } from '../envs/tabular/taxi.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../node/checkpoint-file.ts';
import { Trainer } from '../training/trainer.ts';

const STEPS = 100_000;

/** The same training at every call: agent and world draw from streams of one seed. */
function newTrainer(): Trainer {
  const world = taxi();
  const agent = new Sarsa({ ...world, numEnvs: 4 }, { stepSize: 0.3, seed: 7 });
  return new Trainer(agent, new VectorEnv(world, { numEnvs: 4, seed: 7 }), { steps: STEPS });
}

const whole = newTrainer();
whole.advance(STEPS);

// The other one stops somewhere in the middle of an episode; what it has is a file.
const first = newTrainer();
first.advance(Math.ceil(STEPS * Math.random()));
const file = encodeCheckpoint(first.save());
console.log(`stopped at step ${first.steps}, with a checkpoint of ${file.length} bytes`);

// A new trainer of the same kind takes it over, and goes on.
const second = newTrainer();
second.restore(decodeCheckpoint(file));
while (!second.done) second.advance(9999); // how the steps are cut changes nothing

const [one, other] = [whole, second].map((trainer) =>
  Buffer.from(encodeCheckpoint(trainer.save())),
);
console.log(
  `after ${second.steps} steps and ${second.episodes} episodes: ${one.equals(other) ? 'the same bits' : 'OTHER BITS'}`,
);
if (!one.equals(other)) process.exitCode = 1;
