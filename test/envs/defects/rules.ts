import { Alea } from '../../../core/alea.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import { type Box, box, type Discrete, discrete } from '../../../core/space.ts';
import { sequence } from '../../../core/spaces/composite.ts';
import { createTabularModel, type TabularModel } from '../../../core/tabular-model.ts';
import { corridor } from '../../helpers/worlds.ts';
import type { Defect } from './defect.ts';

type SliderRules = Dynamics<Box, Box, Float64Array>;
type CorridorRules = Dynamics<Discrete, Discrete, Int32Array>;

/** A point on a line, pushed by −1 … 1, bounded and noisy; rules that do everything right. */
export function slider(): SliderRules {
  return {
    name: 'Slider',
    observationSpace: box([-1, 0], [1, 1], ['position', 'time']),
    actionSpace: box([-1], [1], ['push']),
    stateSize: 2,
    timeLimit: 40,
    reset(state, rng) {
      state[0] = rng.uniform() - 0.5;
      state[1] = 0;
    },
    step(state, [push], rng) {
      slide(state, push, rng.normal());
      return -Math.abs(state[0]);
    },
    isTerminal: () => false,
    observe(state, observation) {
      observation[0] = state[0];
      observation[1] = state[1] / 40;
    },
    scene: (state) => ({
      kind: 'shapes',
      view: { left: -1, bottom: -1, width: 2, height: 2 },
      shapes: [{ kind: 'circle', x: state[0], y: 0, radius: 0.1, color: 'agent' }],
    }),
  };
}

function slide(state: Float64Array, push: number, noise: number): void {
  const pushed = state[0] + 0.1 * Math.min(Math.max(push, -1), 1) + 0.02 * noise;
  state[0] = Math.min(Math.max(pushed, -1), 1);
  state[1] += 1;
}

const sliderWith = (changes: Partial<SliderRules>) => ({ ...slider(), ...changes }) as Dynamics;
const corridorWith = (changes: Partial<CorridorRules>) =>
  ({ ...corridor(), ...changes }) as Dynamics;

/** A coin that is tossed until it shows 1; rules with a model that is right. */
export function coin(changes: Partial<TabularModel> = {}): Dynamics {
  const rules: Dynamics<Discrete, Discrete, Float64Array> = {
    name: 'Coin',
    observationSpace: discrete(2),
    actionSpace: discrete(1),
    stateSize: 1,
    timeLimit: 50,
    reset(state) {
      state[0] = 0;
    },
    step(state, _action, rng) {
      state[0] = rng.below(2);
      return state[0];
    },
    isTerminal: (state) => state[0] === 1,
    observe(state, observation) {
      observation[0] = state[0];
    },
    scene: () => ({ kind: 'grid', rows: 1, columns: 1, tiles: ['floor'], tokens: [] }),
    model: () => ({ ...COIN_MODEL, ...changes }),
  };
  return rules as Dynamics;
}

const COIN_MODEL = createTabularModel(1, Float64Array.of(1, 0), () => [
  { probability: 0.5, nextState: 0, reward: 0, terminated: false },
  { probability: 0.5, nextState: 1, reward: 1, terminated: true },
]);

function rememberingWhereItWas(): Dynamics {
  let last = 0;
  return sliderWith({
    reset(state, rng) {
      slider().reset(state, rng);
      last = state[0];
    },
    step(state, action, rng) {
      const reward = slider().step(state, action, rng);
      last = state[0];
      return reward;
    },
    observe(state, observation) {
      slider().observe(state, observation);
      observation[0] = last;
    },
  });
}

function keepingEverySecondDraw(): Dynamics {
  let spare: number | null = null;
  return sliderWith({
    reset(state, rng) {
      slider().reset(state, rng);
      spare = null;
    },
    step(state, [push], rng) {
      const noise = spare ?? rng.normal();
      spare = spare === null ? rng.normal() : null;
      slide(state, push, noise);
      return 0;
    },
  });
}

function drawingFromItsOwn(): Dynamics {
  const own = new Alea(3);
  return sliderWith({
    step(state, [push]) {
      slide(state, push, own.normal());
      return 0;
    },
  });
}

/** Rules with a single defect each, in the order of the checks that are made for them. */
export const RULE_DEFECTS: readonly Defect[] = [
  {
    what: 'rules whose observations have any length',
    check: 'maker',
    env: sliderWith({ observationSpace: sequence(discrete(2)) as never }),
    where: 'the rules',
    message: 'Slider must have observations of one length',
  },
  {
    what: 'rules with a row of no numbers',
    check: 'members',
    env: sliderWith({ stateSize: 0 }),
    where: 'the Dynamics',
    message: 'stateSize must be an integer of at least 1, got 0.',
  },
  {
    what: 'rules without a name',
    check: 'members',
    env: sliderWith({ name: '' }),
    where: 'the Dynamics',
    message: 'name must be a text that is not empty, got "".',
  },
  {
    what: 'rules without observe',
    check: 'members',
    env: sliderWith({ observe: undefined as never }),
    where: 'the Dynamics',
    message: 'observe must be a function, got undefined.',
  },
  {
    what: 'a time limit that is no whole number',
    check: 'time-limit',
    env: sliderWith({ timeLimit: 39.5 }),
    where: 'timeLimit',
    message: 'timeLimit is 39.5.',
  },
  {
    what: 'a time limit of no steps',
    check: 'time-limit',
    env: sliderWith({ timeLimit: 0 }),
    where: 'timeLimit',
    message: 'timeLimit is 0.',
  },
  {
    what: 'a reset that leaves a number of the row as it was',
    check: 'reset-fills-row',
    env: sliderWith({
      reset(state, rng) {
        state[0] = rng.uniform() - 0.5;
        state[1] = Math.min(state[1], 0.5);
      },
    }),
    where: 'reset',
    message: 'In a row of zeros, and in an old one, state[1] is 0 and 0.5.',
    also: ['instances', 'observation-space'],
  },
  {
    what: 'a step that draws from a generator of its own',
    check: 'rules-repeat',
    env: drawingFromItsOwn(),
    where: 'step 1 of episode 1',
    message:
      /Twice from the same row, generator and action, the state\[0\] is -?0\.\d+ and -?0\.\d+\./,
    also: ['determinism', 'reset-same-seed'],
  },
  {
    what: 'an observation that is of whichever row moved last',
    check: 'rules-row',
    env: rememberingWhereItWas(),
    where: 'the reset of episode 1',
    message: /after another row has moved, observation\[0\] is -?0\.\d+ and -?0\.\d+\./,
    also: ['vector'],
  },
  {
    what: 'an observation with an element that is written only where it is not zero',
    check: 'observe-complete',
    env: sliderWith({
      observe(state, observation) {
        observation[0] = state[0];
        if (state[1] > 0) observation[1] = state[1] / 40;
      },
    }),
    where: 'the reset of episode 1',
    message: 'Written over 55s and over 77s, the observation[1] is 55 and 77.',
    also: ['vector'],
  },
  {
    what: 'a mask that is written only where an action is not legal',
    check: 'mask-complete',
    env: corridorWith({
      actionMask(state, mask) {
        if (state[0] === 0) mask[0] = 0;
        else mask[0] = 1;
      },
    }),
    where: /episode 1$/,
    message: 'the mask[1] is 55 and 77.',
    also: ['mask-legal', 'step-result'],
  },
  {
    what: 'an isTerminal that counts in the row',
    check: 'rules-pure',
    env: sliderWith({
      isTerminal(state) {
        state[1] += 1 / 1024;
        return false;
      },
    }),
    where: 'the reset of episode 1',
    message: 'Before and after isTerminal, the state[1] is',
    also: ['observation-space', 'rules-repeat', 'vector'],
  },
  {
    what: 'an isTerminal that gives a number',
    check: 'rules-pure',
    env: corridorWith({ isTerminal: (state) => (state[0] === 4 ? 1 : 0) as never }),
    where: 'the reset of episode 1',
    message: 'isTerminal, asked twice, says 0 and 0.',
    also: ['flags', 'vector'],
  },
  {
    what: 'a scene that tidies the row',
    check: 'rules-pure',
    env: sliderWith({
      scene(state) {
        state[0] = Math.round(8 * state[0]) / 8;
        return slider().scene(state);
      },
    }),
    where: 'the reset of episode 1',
    message: 'Before and after scene, the state[0] is',
  },
  {
    what: 'a model for other actions',
    check: 'model-shape',
    env: coin({ numActions: 2 }),
    where: 'model',
    message: 'numActions must be the number of discrete actions, got 2.',
  },
  {
    what: 'a model with a column too short',
    check: 'model-shape',
    env: coin({ reward: new Float64Array(3) }),
    where: 'model',
    message: 'reward must have 4 elements, got 3.',
  },
  {
    what: 'a model whose chances sum to less than 1',
    check: 'model-rows',
    env: coin({ probability: Float64Array.of(0.5, 0.5, 0.5, 0.25) }),
    where: 'model, state 1, action 0',
    message: 'The chances sum to 0.75.',
  },
  {
    what: 'a model that leads out of itself',
    check: 'model-rows',
    env: coin({ nextState: Int32Array.of(0, 1, 0, 2) }),
    where: 'model, state 1, action 0',
    message: 'The next state is 2, of 2 states.',
  },
  {
    what: 'a model with other rewards',
    check: 'model-outcomes',
    env: coin({ reward: Float64Array.of(0, 2, 0, 2) }),
    where: /^step \d+$/,
    message: 'Action 0 in state 0 gave state 1, reward 1, the end, which the model does not have.',
  },
  {
    what: 'a model in which nothing ends',
    check: 'model-outcomes',
    env: coin({ terminated: new Uint8Array(4) }),
    where: /^step \d+$/,
    message: 'Action 0 in state 0 gave state 1, reward 1, the end, which the model does not have.',
  },
  {
    what: 'a model in which the coin never shows 1',
    check: 'model-outcomes',
    env: coin({ probability: Float64Array.of(1, 0, 1, 0) }),
    where: /^step \d+$/,
    message: 'Action 0 in state 0 gave state 1, reward 1, the end, which the model does not have.',
  },
  {
    what: 'a model with masks for other states',
    check: 'model-shape',
    env: coin({ actionMasks: new Uint8Array(3) }),
    where: 'model',
    message: 'actionMasks must have 2 elements, got 3.',
  },
  {
    what: 'a model in which nothing is legal',
    check: 'model-outcomes',
    env: coin({ actionMasks: new Uint8Array(2) }),
    where: 'step 1',
    message: 'State 0 allows the actions 0, by the model others.',
  },
  {
    what: 'a model that starts elsewhere',
    check: 'model-outcomes',
    env: coin({ startDistribution: Float64Array.of(0, 1) }),
    where: 'the first start',
    message: 'It starts in state 0, which has the chance 0.',
  },
  {
    what: 'a bound that the observation leaves only when it is pushed the same way for long',
    check: 'observation-space',
    env: sliderWith({
      timeLimit: 200,
      observationSpace: box([-1, 0], [0.999, 5], ['position', 'time']),
    }),
    where: /^step \d+ of episode \d+$/,
    message: 'observation[0] (position) = 1 is above its upper bound 0.9990000128746033.',
  },
  {
    what: 'a bound that the observation is below',
    check: 'observation-space',
    env: sliderWith({ observationSpace: box([0, 0], [1, 1]) }),
    where: /of episode 1$/,
    message: /observation\[0\] = -0\.\d+ is below its lower bound 0\./,
  },
  {
    what: 'an action that is taken as it is, far beyond the bounds',
    check: 'action-beyond',
    env: sliderWith({
      observationSpace: box([-8, 0], [8, 1], ['position', 'time']),
      step(state, [push], rng) {
        state[0] += 0.1 * push + 0.02 * rng.normal();
        state[1] += 1;
        return 0;
      },
    }),
    where: /^step \d+ of episode 1$/,
    message: /After an action of \[10\]: observation\[0\] \(position\) = 8\.\d+ is above/,
  },
  {
    what: 'a draw that is kept for the next step, whichever row that is of',
    check: 'vector',
    env: keepingEverySecondDraw(),
    where: /^step \d+ of the vector$/,
    message: /Alone, and as one of 3, copy \d\./,
    also: ['instances', 'restore', 'rules-repeat'],
  },
];
