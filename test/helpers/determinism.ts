/**
 * Trainings whose recordings must be the same bytes in every JavaScript engine.
 *
 * This file runs as it is in Node and in a page.
 */
import { hashBytes } from '../../core/hash.ts';
import type { Codec } from '../../training/recording/codec.ts';
import { createSession, type RunRequest, resolveRun } from '../../training/session.ts';

const RUNS: Readonly<Record<string, RunRequest>> = {
  'Q-learning on FrozenLake': {
    agent: 'q-learning',
    agentOptions: {
      stepSize: { kind: 'exponential', from: 0.2, to: 0.001, steps: 20_000 },
      epsilon: { kind: 'linear', from: 1, to: 0.1, steps: 20_000 },
    },
    env: 'FrozenLake-v1',
    seed: 7,
    steps: 20_000,
  },
  'random actions on CartPole': { agent: 'random', env: 'CartPole-v1', seed: 7, steps: 5000 },
  'epsilon-greedy on the bandit': {
    agent: 'epsilon-greedy',
    env: 'KArmedBandit-v0',
    seed: 7,
    steps: 3000,
  },
};

/** For each run the length and two hashes of every recording, by name. */
export function recordingDigests(codec: Codec): Record<string, Record<string, string>> {
  const digests: Record<string, Record<string, string>> = {};
  for (const [title, request] of Object.entries(RUNS)) {
    const recordings: Record<string, string> = {};
    const { trainer, recorder } = createSession(resolveRun(request), {
      codec,
      onMetrics: () => {},
      onRecording: (name, bytes) => {
        const hashes = [hashBytes(bytes, 1), hashBytes(bytes, 2)].map((hash) => hash.toString(16));
        recordings[name] = [bytes.length, ...hashes].join(' ');
      },
    });
    while (!trainer.done) trainer.advance(1000);
    recorder?.finish();
    digests[title] = recordings;
  }
  return digests;
}
