import { describe, expect, test } from 'vitest';
import { makeAgent } from '../../../agents/registry.ts';
import type { Task } from '../../../agents/task.ts';
import type { Agent } from '../../../core/agent.ts';
import { type SavedData, savedObject } from '../../../core/saved.ts';
import { box, discrete, type Space } from '../../../core/space.ts';
import type { SequenceReplayBuffer } from '../../../replay/sequence-replay-buffer.ts';
import { parseRunConfig, resolveRun } from '../../../training/run-config.ts';

const STORAGE = {
  storage: 'auto',
  stack: 1,
  shared: 'auto',
  meanEpisodeLength: 20,
  maxBytes: 2 ** 32,
};
const PRIORITIZED = { ...STORAGE, minimumPriority: 1e-6 };

const observationSpace = box(0, 255, { shape: [6], dtype: 'uint8' });
const taskOf = (actionSpace: Space): Task => ({ observationSpace, actionSpace });
const COUNTED = taskOf(discrete(2));
const REAL = taskOf(box([-1], [1]));

/** How the buffer of an agent says that it keeps transitions. */
const layoutOf = (agent: Agent): SavedData =>
  savedObject('', savedObject('', agent.save(), 'replay'), 'layout');

describe.each([
  ['Dqn', 'dqn', COUNTED, PRIORITIZED],
  ['Iqn', 'iqn', COUNTED, PRIORITIZED],
  ['RecurrentDqn', 'recurrent-dqn', COUNTED, PRIORITIZED],
  ['DiscreteSac', 'discrete-sac', COUNTED, STORAGE],
  ['Ddpg', 'ddpg', REAL, STORAGE],
  ['Td3', 'td3', REAL, STORAGE],
  ['Sac', 'sac', REAL, STORAGE],
] as const)('the memory of %s', (where, name, task, defaults) => {
  const create = (options: object) => makeAgent(name, task, { capacity: 100, ...options });
  const optionsOf = (agent: Agent) => agent.options as { readonly replay: object };

  test('is as replay buffers are where nothing is said', () => {
    const agent = create({});
    expect(optionsOf(agent).replay).toEqual(defaults);
    expect(layoutOf(agent)).toMatchObject({ storage: 'uint8', stack: 1, shared: false });
    expect(layoutOf(create({ replay: {} }))).toEqual(layoutOf(agent));
  });

  test('keeps observations as it is told', () => {
    const agent = create({ replay: { stack: 2, meanEpisodeLength: 5, maxBytes: 1e6 } });
    expect(optionsOf(agent).replay).toEqual({
      ...defaults,
      ...{ stack: 2, meanEpisodeLength: 5, maxBytes: 1e6 },
    });
    expect(layoutOf(agent)).toMatchObject({ stack: 2, shared: true, meanEpisodeLength: 5 });
    const wide = layoutOf(create({ replay: { storage: 'float32', shared: true } }));
    expect(wide).toMatchObject({ storage: 'float32', stack: 1, shared: true });
    expect(layoutOf(create(JSON.parse(JSON.stringify(optionsOf(agent)))))).toEqual(layoutOf(agent));
  });

  test('takes as many bytes as it may, and no more', () => {
    expect(() => create({ replay: { maxBytes: 1000 } })).toThrow(
      /^\w*ReplayBuffer: must take at most 1000 B \(maxBytes: 1000\)/,
    );
  });

  test.each<[object, string]>([
    [{ maxByte: 1e9 }, 'unknown option "maxByte". Did you mean "maxBytes"?'],
    [{ maxBytes: 0 }, 'maxBytes must be a finite number above 0, got 0.'],
    [{ maxBytes: null }, 'maxBytes must be a finite number above 0, got null.'],
    [{ stack: 4 }, 'stack must divide the 6 numbers of an observation, got 4.'],
    [{ shared: 'false' }, 'shared must be true, false or "auto", got "false".'],
    [{ storage: 'uint' }, 'storage must be one of auto, bits, uint8, float32, got "uint".'],
    [{ numSteps: 3 }, 'unknown option "numSteps".'],
    [
      { minimumPriority: 0 },
      'minimumPriority' in defaults
        ? 'minimumPriority must be a finite number above 0, got 0.'
        : 'unknown option "minimumPriority".',
    ],
  ])('cannot be %o', (replay, message) => {
    expect(() => create({ replay })).toThrow(`${where}: replay: ${message}`);
  });
});

test.each(['dqn', 'iqn', 'recurrent-dqn'])(
  'the least priority of %s is what it is told',
  (name) => {
    const options = { capacity: 100, prioritized: true, replay: { minimumPriority: 0.5 } };
    const agent = makeAgent(name, COUNTED, options) as unknown as {
      readonly replay: SequenceReplayBuffer;
    };
    expect(agent.replay.options.minimumPriority).toBe(0.5);
  },
);

test('a run from before there was such an option goes on as it was', () => {
  const config = resolveRun({ agent: 'dqn', env: 'CartPole-v1' });
  const { replay, ...options } = config.agent.options as { readonly replay: object };
  expect(replay).toEqual(PRIORITIZED);
  const before = { ...config, agent: { ...config.agent, options } };
  expect(parseRunConfig(JSON.parse(JSON.stringify(before)))).toEqual(config);
});
