import { describe, expect, test } from 'vitest';
import { agentEntries, makeAgent } from '../../../agents/registry.ts';
import { box, discrete } from '../../../core/space.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { flatten } from '../../../networks/layers/flatten.ts';
import { lstm } from '../../../networks/layers/lstm.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import { reshape } from '../../../networks/layers/reshape.ts';
import { selfAttention } from '../../../networks/layers/self-attention.ts';

const DEEP = agentEntries().filter(({ family }) => family === 'deep');
const OBSERVATIONS = box([-1, -1, -1, -1], [1, 1, 1, 1]);

/** An agent for vectors of four numbers, with these layers in one of its options. */
function create(name: string, option: string, layers: readonly Layer[]) {
  const actionSpace = ['ddpg', 'td3', 'sac'].includes(name) ? box([-1], [1]) : discrete(3);
  const isBody = option === 'layers';
  const memory = name.startsWith('recurrent-') ? [lstm(4)] : [dense(4)];
  const own = isBody ? [...memory, ...layers] : [dense(4), ...layers];
  const all = isBody ? { layers: own } : { layers: memory, [option]: own };
  return makeAgent(name, { observationSpace: OBSERVATIONS, actionSpace, numEnvs: 4 }, all);
}

const CASES = DEEP.flatMap(({ name, defaults }) =>
  Object.keys(defaults)
    .filter((option) => /layers$/i.test(option))
    .map((option) => [name, option] as const),
);

describe.each(CASES)('%s, whose %s leave more than one axis,', (name, option) => {
  const message = /layers.* must end in a row of numbers, got shape 2 × \d+\. Add flatten\(\)\./;

  test('is refused before it acts', () => {
    expect(() => create(name, option, [reshape([2, 2])])).toThrow(message);
    expect(() => create(name, option, [reshape([2, 2]), selfAttention(1)])).toThrow(message);
    expect(() => create(name, option, [reshape([2, 1])])).toThrow(RangeError);
  });

  test('is taken when they are flattened', () => {
    const layers = [reshape([2, 2]), selfAttention(1), flatten()];
    expect(() => create(name, option, layers)).not.toThrow();
  });
});

test('every deep agent has layers that are looked at, those of actor and critic on their own', () => {
  expect(new Set(CASES.map(([name]) => name)).size).toBe(DEEP.length);
  expect(CASES).toContainEqual(['ppo', 'valueLayers']);
  expect(CASES).toContainEqual(['iqn', 'headLayers']);
});

test('an image that nobody flattens is no row', () => {
  const task = { observationSpace: box(0, 1, { shape: [5, 5, 2] }), actionSpace: discrete(3) };
  expect(() => makeAgent('iqn', task, { layers: [] })).toThrow(
    'Iqn: layers must end in a row of numbers, got shape 5 × 5 × 2. Add flatten().',
  );
  expect(() => makeAgent('dqn', task, { layers: [] })).toThrow('Flatten it first.');
});
