// Finds what is wrong with a world of one's own: npx tsx examples/check-env.ts
import type { Dynamics } from '../core/dynamics.ts';
import { type Box, box, type Discrete, discrete } from '../core/space.ts';
import { checkEnv } from '../envs/checker/check-env.ts';
import { formatFindings } from '../envs/checker/report.ts';

/** Keep a ball on a beam by tilting it. */
function ballOnBeam(): Dynamics<Box, Discrete> {
  return {
    name: 'BallOnBeam',
    observationSpace: box([-1, -4], [1, 4], {
      labels: ['position', 'velocity'],
      units: ['m', 'm/s'],
    }),
    actionSpace: discrete(3, ['left', 'level', 'right']),
    stateSize: 2,
    timeLimit: 200,
    reset(state, rng) {
      state[0] = rng.uniform() - 0.5;
      state[1] = 0;
    },
    step(state, action) {
      state[1] = Math.min(Math.max(state[1] + 0.05 * (action - 1), -4), 4);
      state[0] = Math.min(Math.max(state[0] + 0.05 * state[1], -1), 1);
      return 1;
    },
    isTerminal: (state) => Math.abs(state[0]) === 1,
    observe(state, observation) {
      observation[0] = state[0];
      observation[1] = state[1];
    },
    scene: (state) => ({
      kind: 'shapes',
      view: { left: -1.2, bottom: -0.6, width: 2.4, height: 1.2 },
      shapes: [
        { kind: 'line', points: [-1, 0, 1, 0], width: 0.02, color: 'line' },
        { kind: 'circle', x: state[0], y: 0.1, radius: 0.1, color: 'agent' },
      ],
    }),
  };
}

/** The same with a mistake: every tenth push goes wrong, and the count is not in the state row. */
function forgetful(): Dynamics<Box, Discrete> {
  const rules = ballOnBeam();
  let pushes = 0;
  return {
    ...rules,
    step: (state, action, rng) => rules.step(state, pushes++ % 10 === 0 ? 2 : action, rng),
  };
}

for (const make of [ballOnBeam, forgetful]) {
  const { findings } = checkEnv(make, { steps: 5000, seed: 0 });
  console.log(`${make.name}: ${findings.length} findings`);
  if (findings.length > 0) console.log(formatFindings(findings));
}
