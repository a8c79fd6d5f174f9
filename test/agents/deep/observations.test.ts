import { describe, expect, test } from 'vitest';
import { createEncoder } from '../../../agents/deep/parts/observations.ts';
import { agentEntries, makeAgent } from '../../../agents/registry.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import { type BoxOptions, box, discrete, type Space } from '../../../core/space.ts';
import { learn } from '../../helpers/learn.ts';

/** What a network gets for some observations. */
function encode(space: Space, observations: readonly number[]): number[] {
  const { encode, observationSize, inputSize } = createEncoder(space);
  const rows = observations.length / observationSize;
  const inputs = new Float32Array(rows * inputSize).fill(7); // what another batch left there
  return [...encode(Float32Array.from(observations), inputs)];
}

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

const imageSpace = (shape: readonly number[], options: BoxOptions<'float32'> = {}) =>
  box(0, 1000, { shape, ...options });

describe('an image', () => {
  test.each([
    ['of one channel', [2, 3], [2, 3, 1]],
    ['with its channels last', [3, 4, 2], [3, 4, 2]],
    ['with as many channels as rows', [2, 4, 2], [2, 4, 2]],
    ['with more channels than rows', [10, 10, 12], [10, 10, 12]],
    ['whose channels are not the only least', [4, 4, 5], [4, 4, 5]],
  ])('%s goes in as it stands', (_, shape, input) => {
    const space = imageSpace(shape);
    expect(createEncoder(space).shape).toEqual(input);
    const rows = Float32Array.from(count(2 * space.low.length));
    expect(createEncoder(space).encode(rows, new Float32Array(rows.length))).toBe(rows);
  });

  test('with its channels or frames first gets them last', () => {
    const space = imageSpace([2, 3, 4]);
    expect(createEncoder(space)).toMatchObject({ shape: [3, 4, 2], inputSize: 24 });
    const pixels = count(12).flatMap((i) => [i, 12 + i]); // a pixel of each frame, side by side
    const next = pixels.map((i) => 24 + i);
    expect(encode(space, count(48))).toEqual([...pixels, ...next]);
  });

  test('in color has the channels of its frames beside each other', () => {
    const space = imageSpace([2, 3, 4, 3]);
    expect(createEncoder(space).shape).toEqual([3, 4, 6]);
    const pixels = count(12).flatMap((i) => [3 * i, 3 * i + 1, 3 * i + 2]);
    const both = count(12).flatMap((i) => [
      ...pixels.slice(3 * i, 3 * i + 3),
      ...pixels.slice(3 * i, 3 * i + 3).map((k) => 36 + k),
    ]);
    expect(encode(space, count(72))).toEqual(both);
  });

  test('in color may have the channels of each frame first', () => {
    const space = imageSpace([2, 3, 4, 5]);
    expect(createEncoder(space).shape).toEqual([4, 5, 6]);
    const pixels = count(20).flatMap((i) => count(6).map((channel) => 20 * channel + i));
    expect(encode(space, count(120))).toEqual(pixels);
  });

  test('of 84 × 84 goes in as a deep Q-network of Atari games takes it', () => {
    expect(createEncoder(imageSpace([4, 84, 84])).shape).toEqual([84, 84, 4]);
    expect(createEncoder(imageSpace([4, 84, 84, 3])).shape).toEqual([84, 84, 12]);
    expect(createEncoder(imageSpace([4, 84, 84, 1])).shape).toEqual([84, 84, 4]);
  });

  test.each([
    [[84, 84, 3, 4], '84 × 84 × 3 × 4'], // frames last
    [[4, 3, 9, 9, 2], '4 × 3 × 9 × 9 × 2'],
  ])('of shape %o is refused, for it can be read in several ways', (shape, shown) => {
    expect(() => createEncoder(imageSpace(shape))).toThrow(
      `[frames, channels, height, width], with no more frames and channels than rows and columns, got ${shown}. Reshape them, or make vectors of them with flatten-observation.`,
    );
  });
});

describe('bytes', () => {
  const bytes = { dtype: 'uint8' } as const;

  test('of an image become numbers from 0 to 1, in float32', () => {
    const perByte = Math.fround(1 / 255);
    const shown = [0, 1, 128, 255, 51, 7];
    const inputs = [0, perByte, ...[128, 255, 51, 7].map((x) => Math.fround(x * perByte))];
    expect(inputs[3]).toBe(1);
    expect(encode(box(0, 255, { ...bytes, shape: [2, 3] }), shown)).toEqual(inputs);
    expect(encode(box(0, 255, { ...bytes, shape: [1, 3, 2] }), shown)).toEqual(inputs);
    expect(encode(box(0, 255, { ...bytes, shape: [2, 1, 3] }), shown)).toEqual(inputs);
  });

  test('are scaled where frames come first, each in its place', () => {
    const space = box(0, 255, { ...bytes, shape: [2, 3, 3] });
    const inputs = encode(space, [...new Array(9).fill(255), ...new Array(9).fill(0)]);
    expect(inputs).toEqual(count(9).flatMap(() => [1, 0]));
  });

  test.each([
    ['of a vector', box(0, 255, { ...bytes, shape: [4] })],
    ['that end below 255', box(0, 3, { ...bytes, shape: [2, 2] })],
    ['of which one has another bound', box([0, 0, 0, 1], 255, { ...bytes, shape: [2, 2] })],
    ['in float32', box(0, 255, { shape: [2, 2] })],
  ])('%s go in as they stand', (_, space) => {
    expect(encode(space, [0, 1, 2, 3])).toEqual([0, 1, 2, 3]);
  });
});

const [CHANNELS, HEIGHT, WIDTH] = [2, 4, 5];
const PIXELS = HEIGHT * WIDTH;

/** A world of noise, whose images have their channels first or last. */
function noise(channels: 'first' | 'last', actionSpace: Dynamics['actionSpace']): Dynamics {
  const shape = channels === 'first' ? [CHANNELS, HEIGHT, WIDTH] : [HEIGHT, WIDTH, CHANNELS];
  const place = (i: number) =>
    channels === 'first' ? i : (i % PIXELS) * CHANNELS + Math.floor(i / PIXELS);
  const size = CHANNELS * PIXELS;
  const draw: Dynamics['reset'] = (state, rng) => {
    for (let i = 0; i < size; i++) state[i] = rng.uniform();
  };
  return {
    name: 'Noise',
    observationSpace: box(0, 1, { shape }),
    actionSpace,
    stateSize: size,
    timeLimit: 7,
    reset: draw,
    step(state, _, rng) {
      draw(state, rng);
      return state[0];
    },
    isTerminal: (state) => state[0] > 0.8,
    observe(state, observation) {
      for (let i = 0; i < size; i++) observation[place(i)] = state[i];
    },
  } as Dynamics;
}

/** So that each agent learns within a few steps; it gets those that it knows. */
const BRISK: Readonly<Record<string, unknown>> = {
  capacity: 40,
  batchSize: 4,
  learningStarts: 8,
  updateEvery: 2,
  numSteps: 4,
  length: 3,
  burnIn: 1,
  samples: 4,
  targetSamples: 4,
};

test.each(agentEntries().filter(({ family }) => family === 'deep'))(
  '$name sees and learns the same whether channels are first or last',
  ({ name, defaults }) => {
    const known = Object.entries(BRISK).filter(([key]) => Object.hasOwn(defaults, key));
    const actionSpace = ['ddpg', 'td3', 'sac'].includes(name) ? box([-1], [1]) : discrete(3);
    const [first, last] = (['first', 'last'] as const).map((channels) => {
      const world = noise(channels, actionSpace);
      const agent = makeAgent(name, { ...world, numEnvs: 2 }, Object.fromEntries(known));
      learn(agent, world, { steps: 20, numEnvs: 2, seed: 3 });
      const observation = new Float32Array(CHANNELS * PIXELS);
      world.observe(Float64Array.from(count(observation.length)), observation);
      return { thought: agent.inspect(observation), metrics: agent.metrics() };
    });
    expect(first.metrics.updates).toBeGreaterThan(2);
    expect(first).toEqual(last);
  },
);
