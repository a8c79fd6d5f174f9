// Trains with a log that TensorBoard reads, and an evaluation apart: npx tsx examples/tensorboard.ts
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RunFolder } from '../node/run-folder.ts';
import { trainRun } from '../node/train-run.ts';
import { resolveRun } from '../training/session.ts';

// Everything that determines the run, spelled out and checked.
const config = resolveRun({
  agent: 'q-learning',
  agentOptions: { stepSize: 0.1, epsilon: { kind: 'linear', from: 1, to: 0.1, steps: 50_000 } },
  env: 'FrozenLake-v1',
  seed: 7,
  steps: 50_000,
  evaluateEvery: 10_000, // in worlds of its own; the best agent stays in checkpoints/best.ckpt
  evaluateEpisodes: 200,
  log: ['tensorboard', 'csv'],
});

mkdirSync('runs', { recursive: true });
const path = join(mkdtempSync('runs/example-'), 'lake');
const { session } = await trainRun(RunFolder.create(path, config));

console.log(
  `The best evaluation: ${session.evaluator?.best} of ${config.evaluateEpisodes} episodes`,
);
for (const name of readdirSync(path)) console.log(`  ${name}`);
console.log(`Look at it: tensorboard --logdir runs`);
