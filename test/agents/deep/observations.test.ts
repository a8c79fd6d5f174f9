import { describe, expect, test } from 'vitest';
import { defaultBody } from '../../../agents/deep/parts/default-body.ts';
import { imageFeatures } from '../../../agents/deep/parts/image-features.ts';
import { normalizedBody } from '../../../agents/deep/parts/normalized-body.ts';
import { createEncoder } from '../../../agents/deep/parts/observations.ts';
import { recurrentBody } from '../../../agents/deep/parts/recurrent-body.ts';
import type { AgentEntry } from '../../../agents/entry.ts';
import { agentEntries, makeAgent } from '../../../agents/registry.ts';
import type { Dynamics } from '../../../core/dynamics.ts';
import { type BoxOptions, box, discrete, type Space } from '../../../core/space.ts';
import { dict, oneOf, tuple } from '../../../core/spaces/composite.ts';
import { multiBinary, multiDiscrete } from '../../../core/spaces/multi.ts';
import { rowSize } from '../../../core/spaces/rows.ts';
import { concatenate } from '../../../networks/layers/concatenate.ts';
import { lstm } from '../../../networks/layers/lstm.ts';
import { reshape } from '../../../networks/layers/reshape.ts';
import { slice } from '../../../networks/layers/slice.ts';
import { planNetwork } from '../../../networks/plan.ts';
import { natureConvnet } from '../../../networks/specification/known-convnets.ts';
import { mlp } from '../../../networks/specification/mlp.ts';
import { network } from '../../../networks/specification/network-specification.ts';
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

describe('integers', () => {
  test('become vectors with a one at their place', () => {
    expect(encode(discrete(3), [2, 0])).toEqual([0, 0, 1, 1, 0, 0]);
    expect(encode(discrete(3, { start: -1 }), [2])).toEqual([0, 0, 1]); // rows count from 0
    expect(encode(multiDiscrete([2, 3]), [1, 1, 0, 2])).toEqual([0, 1, 0, 1, 0, 1, 0, 0, 0, 1]);
  });

  test('do so where they are parts of what is seen', () => {
    const space = dict({ place: box([-9, -9], [9, 9]), gear: discrete(4) });
    expect(createEncoder(space)).toMatchObject({ observationSize: 3, inputSize: 6, shape: [6] });
    const rows = [3, -1.5, 2, 0, 0.5, 7]; // gear, then place
    expect(encode(space, rows)).toEqual([0, 0, 0, 1, -1.5, 2, 1, 0, 0, 0, 0.5, 7]);
  });

  test('do so in parts of parts, and nothing else does', () => {
    const space = tuple([
      multiBinary(2),
      dict({ a: multiDiscrete([2, 2]), b: tuple([discrete(3), box([0], [9])]) }),
      oneOf([discrete(5), box([0], [9])]),
      box(0, 255, { shape: [2], dtype: 'uint8' }),
    ]);
    expect(encode(space, [1, 0, /* a */ 1, 0, /* b */ 2, 8.5, /* one of */ 0, 4, 200, 7])).toEqual([
      ...[1, 0, /* a */ 0, 1, 1, 0, /* b */ 0, 0, 1, 8.5, /* one of */ 0, 4, 200, 7],
    ]);
  });

  test('that are in no part leave what is seen as it stands', () => {
    const space = tuple([box([0, 0], [9, 9]), multiBinary(2)]);
    const rows = Float32Array.of(3, 4, 0, 1);
    expect(createEncoder(space).shape).toEqual([4]);
    expect(createEncoder(space).encode(rows, new Float32Array(4))).toBe(rows);
  });
});

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

describe('images among other parts', () => {
  const space = dict({
    air: box([0, 0], [9, 9]),
    eye: box(0, 255, { shape: [2, 3, 4], dtype: 'uint8' }),
    gear: discrete(3),
    map: box(0, 9, { shape: [2, 2] }),
    more: tuple([multiBinary(1), box(0, 9, { shape: [3, 3, 2] })]),
  });

  test('stand where they stand in what is seen, and are told from the rest', () => {
    expect(createEncoder(space)).toMatchObject({
      observationSize: 2 + 24 + 1 + 4 + 1 + 18,
      inputSize: 2 + 24 + 3 + 4 + 1 + 18,
      shape: [52],
      parts: [[2], [3, 4, 2], [3], [4], [1], [3, 3, 2]],
    });
  });

  test('become what they would be alone', () => {
    const eye = count(24).map((i) => 10 * i);
    const rows = [0, 1].map((row) => [
      ...[1, 2 + row, ...eye.map((x) => x + row), 2 - row, 5, 6, 7, 8, 1, ...count(18)],
    ]);
    const shown = (row: number) => {
      const alone = encode(space.spaces.eye, rows[row].slice(2, 26));
      return [1, 2 + row, ...alone, 0, row, 1 - row, 5, 6, 7, 8, 1, ...count(18)];
    };
    expect(encode(space, rows.flat())).toEqual([...shown(0), ...shown(1)]);
    expect(shown(0)[2]).toBe(0);
    expect(shown(0)[3]).toBe(Math.fround(120 * Math.fround(1 / 255))); // the second frame's pixel
  });

  test('have a way of their own in the network, those beside each other too', () => {
    const features = imageFeatures(
      createEncoder(tuple([space, imageSpace([9, 9, 1]), discrete(2)])),
    );
    const { layers } = planNetwork(network({ input: [52 + 81 + 2], layers: features }));
    const ways = layers[0].branches.map(([part, ...rest]) => [
      ...[part.layer, rest.map(({ layer }) => layer.kind).join(' ')],
    ]);
    const image = 'reshape conv2d flatten dense';
    expect(ways).toEqual([
      [slice(0, 2), ''],
      [slice(2, 24), image],
      [slice(26, 8), ''],
      [slice(34, 18), image],
      [slice(52, 81), image],
      [slice(133, 2), ''],
    ]);
    expect(layers[0].output).toEqual([2 + 128 + 8 + 128 + 128 + 2]);
  });

  test('come before the dense layers of an agent, vectors side by side as one', () => {
    const seen = createEncoder(
      tuple([discrete(2), box([0], [1]), imageSpace([40, 40, 1]), discrete(3)]),
    );
    const [first, ...rest] = defaultBody(seen, { hidden: [7] });
    expect(rest).toEqual(mlp({ hidden: [7], initializer: 'fan-in-uniform' }));
    expect(first).toEqual(
      concatenate([
        [slice(0, 3)],
        [slice(3, 1600), reshape([40, 40, 1]), ...natureConvnet()],
        [slice(1603, 3)],
      ]),
    );
    expect(imageFeatures(createEncoder(tuple([discrete(2), box([0], [1])])))).toEqual([]);
    expect(normalizedBody(seen, [7, 5]).map(({ kind }) => kind)).toEqual([
      ...['concatenate', 'dense', 'layer-norm', 'activation', 'dense', 'layer-norm', 'activation'],
    ]);
    expect(recurrentBody(seen, { hidden: [7] }).at(-1)).toEqual(lstm(128));
  });

  test.each([
    ['of three axes', imageSpace([4, 5, 3]), [4, 5, 3]],
    ['stacked', imageSpace([2, 4, 5, 3]), [4, 5, 6]],
    ['of bytes with two axes', box(0, 255, { shape: [4, 5], dtype: 'uint8' }), [4, 5, 1]],
    ['of bytes, stacked', box(0, 255, { shape: [2, 4, 5], dtype: 'uint8' }), [4, 5, 2]],
  ])('are boxes %s', (_, part, shape) => {
    expect(createEncoder(tuple([part, discrete(2)])).parts).toEqual([shape, [2]]);
  });

  test.each([
    ['of two axes, such as stacked vectors', imageSpace([4, 5]), 20],
    ['of bytes with one axis', box(0, 255, { shape: [5], dtype: 'uint8' }), 5],
    ['that could be read in several ways', imageSpace([9, 9, 3, 4]), 9 * 9 * 12],
    ['of five axes', imageSpace([2, 2, 2, 2, 2]), 32],
  ])('are no boxes %s: these are vectors', (_, part, size) => {
    const { parts, encode } = createEncoder(tuple([part, box([0], [1])]));
    expect(parts).toEqual([[size], [1]]);
    const row = Float32Array.from(count(size + 1));
    expect(encode(row, new Float32Array(size + 1))).toBe(row);
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

const STATE_SIZE = 40;

/** A world of noise, by how it is seen. */
interface View {
  readonly observationSpace: Space;
  readonly observe: Dynamics['observe'];
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

/** What an agent thinks of a state after some steps in a world of noise, and how it does. */
function learnFrom({ name, defaults }: AgentEntry, view: View) {
  const world = noise(view, ['ddpg', 'td3', 'sac'].includes(name) ? box([-1], [1]) : discrete(3));
  const known = Object.entries(BRISK).filter(([key]) => Object.hasOwn(defaults, key));
  const agent = makeAgent(name, { ...world, numEnvs: 2 }, Object.fromEntries(known));
  learn(agent, world, { steps: 20, numEnvs: 2, seed: 3 });
  const observation = new Float32Array(rowSize(view.observationSpace));
  world.observe(
    Float64Array.from(count(STATE_SIZE), (i) => i / STATE_SIZE),
    observation,
  );
  const { updates, ...numbers } = agent.metrics();
  const { deadUnits: _, ...metrics } = numbers; // it counts what stands behind a sequence's end
  return { updates, metrics, thought: agent.inspect(observation) };
}

function noise(view: View, actionSpace: Space): Dynamics {
  const draw: Dynamics['reset'] = (state, rng) => {
    for (let i = 0; i < STATE_SIZE; i++) state[i] = rng.uniform();
  };
  return {
    name: 'Noise',
    ...view,
    actionSpace,
    stateSize: STATE_SIZE,
    timeLimit: 7,
    reset: draw,
    step(state, _, rng) {
      draw(state, rng);
      return state[0];
    },
    isTerminal: (state) => state[0] > 0.8,
  } as Dynamics;
}

describe.each(agentEntries().filter(({ family }) => family === 'deep'))('$name', (entry) => {
  test('sees and learns the same whether channels are first or last', () => {
    const first = learnFrom(entry, {
      observationSpace: box(0, 1, { shape: [2, 4, 5] }),
      observe(state, observation) {
        for (let i = 0; i < 40; i++) observation[i] = state[i];
      },
    });
    const last = learnFrom(entry, {
      observationSpace: box(0, 1, { shape: [4, 5, 2] }),
      observe(state, observation) {
        for (let i = 0; i < 40; i++) observation[2 * (i % 20) + Math.floor(i / 20)] = state[i];
      },
    });
    expect(first.updates).toBeGreaterThan(2);
    expect(first).toEqual(last);
  });

  test('does so where the image is a part of what is seen', () => {
    const first = learnFrom(entry, {
      observationSpace: dict({ eye: box(0, 1, { shape: [2, 3, 4] }), place: box([0], [1]) }),
      observe(state, observation) {
        for (let i = 0; i < 25; i++) observation[i] = state[i];
      },
    });
    const last = learnFrom(entry, {
      observationSpace: dict({ eye: box(0, 1, { shape: [3, 4, 2] }), place: box([0], [1]) }),
      observe(state, observation) {
        for (let i = 0; i < 24; i++) observation[2 * (i % 12) + Math.floor(i / 12)] = state[i];
        observation[24] = state[24];
      },
    });
    expect(first.updates).toBeGreaterThan(2);
    expect(first).toEqual(last);
  });

  test('sees and learns the same from an integer of a Dict and from its vector', () => {
    const inDict = learnFrom(entry, {
      observationSpace: dict({ gear: discrete(3), place: box([0], [1]) }),
      observe(state, observation) {
        observation[0] = Math.floor(3 * state[1]);
        observation[1] = state[2];
      },
    });
    const inBox = learnFrom(entry, {
      observationSpace: box([0, 0, 0, 0], [1, 1, 1, 1]),
      observe(state, observation) {
        observation.fill(0);
        observation[Math.floor(3 * state[1])] = 1;
        observation[3] = state[2];
      },
    });
    expect(inDict.updates).toBeGreaterThan(2);
    expect(inDict).toEqual(inBox);
  });
});
