import { describe, expect, test } from 'vitest';
import { ActionCritic } from '../../../agents/deep/off-policy/action-critic.ts';
import { Ddpg } from '../../../agents/deep/off-policy/ddpg.ts';
import { actorBody, criticBody } from '../../../agents/deep/off-policy/observation-features.ts';
import { Sac } from '../../../agents/deep/off-policy/sac.ts';
import { Td3 } from '../../../agents/deep/off-policy/td3.ts';
import { imageBody } from '../../../agents/deep/parts/image-features.ts';
import { createEncoder } from '../../../agents/deep/parts/observations.ts';
import { Alea } from '../../../core/alea.ts';
import { box, discrete, type Space } from '../../../core/space.ts';
import { tuple } from '../../../core/spaces/composite.ts';
import { concatenate } from '../../../networks/layers/concatenate.ts';
import { conv2d } from '../../../networks/layers/conv2d.ts';
import { dense } from '../../../networks/layers/dense.ts';
import { flatten } from '../../../networks/layers/flatten.ts';
import { lstm } from '../../../networks/layers/lstm.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import { reshape } from '../../../networks/layers/reshape.ts';
import { slice } from '../../../networks/layers/slice.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import { simdEngine } from '../../../networks/simd/engine.ts';
import { mlp } from '../../../networks/specification/mlp.ts';

const IMAGE = box(0, 1, { shape: [5, 4, 2] });
const task = (observationSpace: Space) => ({
  observationSpace,
  actionSpace: box([-1, -1, -1], [1, 1, 1]),
});

describe.each([
  ['DDPG', Ddpg, [400, 300], ['q1']],
  ['TD3', Td3, [400, 300], ['q1', 'q2']],
  ['SAC', Sac, [256, 256], ['q1', 'q2']],
] as const)('%s', (_, Agent, hidden, critics) => {
  const create = (space: Space, features?: readonly Layer[] | null) => {
    const given = features === undefined ? {} : { features };
    const agent = new Agent(task(space), { batchSize: 2, capacity: 10, ...given });
    const { actor } = agent;
    const { plan } = ('actor' in actor ? actor.actor : actor).network;
    return { agent, plan, critic: agent.critic.critic.network.plan };
  };
  const layers = mlp({ hidden, initializer: 'fan-in-uniform' });

  test('sees images through convolutions, each critic through its own', () => {
    const { agent, plan, critic } = create(IMAGE);
    const features = imageBody([5, 4, 2]);
    expect(agent.options.features).toEqual(features);
    expect(plan.input).toEqual([5, 4, 2]);
    expect(plan.specification.layers).toEqual([...features, ...layers]);
    expect(critic.specification.heads.map(({ name }) => name)).toEqual(critics);
    expect(critic.input).toEqual([40 + 3]);
    for (const head of critic.specification.heads) {
      const observation = [slice(0, 40), reshape([5, 4, 2]), ...features];
      expect(head.layers.slice(0, -1)).toEqual([
        concatenate([observation, [slice(40, 3)]]),
        ...layers,
      ]);
    }
    const named = critic.parameters.map(({ name }) => name);
    expect(named).toContain('heads.q1[0].branches[0][2].weights');
    expect(named.includes('heads.q2[0].branches[0][2].weights')).toBe(critics.length === 2);
  });

  test('sees images and numbers together', () => {
    const { plan, critic } = create(tuple([IMAGE, discrete(3)]));
    expect(plan.input).toEqual([40 + 3]);
    expect(plan.layers[0].output).toEqual([128 + 3]);
    expect(critic.heads[0].layers[0].output).toEqual([128 + 3 + 3]);
  });

  test('sees vectors as they are', () => {
    const { agent, plan, critic } = create(box([0, 0], [1, 1]));
    expect(agent.options.features).toEqual([]);
    expect(plan.specification.layers).toEqual(layers);
    expect(critic.specification.heads[0].layers.slice(0, -1)).toEqual(layers);
    expect(critic.input).toEqual([2 + 3]);
  });

  test('sees through what it is given: nothing makes a vector of an image', () => {
    const features = [conv2d(2, 2), flatten()];
    expect(create(IMAGE, features).plan.specification.layers).toEqual([...features, ...layers]);
    expect(create(box([0, 0], [1, 1]), [dense(4)]).critic.heads[0].layers[0].output).toEqual([7]);
    const { plan, critic } = create(IMAGE, []);
    expect(plan.input).toEqual([40]);
    expect(plan.specification.layers).toEqual(layers);
    expect(critic.specification.heads[0].layers.slice(0, -1)).toEqual(layers);
    expect(create(IMAGE, null).agent.options.features).toEqual(imageBody([5, 4, 2]));
  });

  test('refuses features that do not fit, or leave several axes', () => {
    const name = Agent.name;
    expect(() => create(IMAGE, [conv2d(2, 2)])).toThrow(
      `${name}: features must end in a row of numbers, got shape 4 × 3 × 2. Add flatten().`,
    );
    expect(() => create(box([0, 0], [1, 1]), [conv2d(2, 2)])).toThrow('heads.features[0] (conv2d)');
    expect(() => create(IMAGE, [flatten(), lstm(4)])).toThrow('must not be recurrent, got lstm');
    const layers = [conv2d(2, 2)]; // its place is that among the layers, behind the features
    expect(() => new Agent(task(IMAGE), { layers })).toThrow('network: layers[0] (conv2d)');
    expect(() => create(IMAGE, 3 as never)).toThrow(
      `${name}: features must be a list of layers, got 3.`,
    );
  });
});

test('a critic of images knows how its value changes with the action', () => {
  const encoder = createEncoder(IMAGE);
  const options = {
    features: [conv2d(3, 2, { activation: 'tanh' as const }), flatten()],
    layers: [dense(8, { activation: 'tanh' })],
  };
  const [rows, actionSize] = [3, 2];
  const critic = new ActionCritic({
    inputSize: encoder.inputSize,
    actionSize,
    count: 2,
    layers: criticBody(encoder, options, actionSize),
    optimizer: adam(),
    engine: simdEngine({ build: 'portable' }),
    seed: 1,
    rows,
  });
  const rng = new Alea(4);
  const draw = (length: number) => Float32Array.from({ length }, () => rng.normal());
  const [inputs, actions] = [draw(rows * encoder.inputSize), draw(rows * actionSize)];
  const gradients = new Float32Array(rows * actionSize);
  critic.differentiate('least', inputs, actions, new Float32Array(rows), gradients);
  const at = (i: number, change: number) => {
    const moved = actions.slice();
    moved[i] += change;
    const values = new Float32Array(rows);
    critic.differentiate('least', inputs, moved, values, new Float32Array(rows * actionSize));
    return values[Math.floor(i / actionSize)];
  };
  const step = 0.01;
  gradients.forEach((gradient, i) => {
    expect(Math.abs(gradient)).toBeGreaterThan(1e-3);
    expect((at(i, step) - at(i, -step)) / (2 * step)).toBeCloseTo(gradient, 4);
  });
});

test('an actor takes images as they are, or as vectors where nothing is made of them first', () => {
  const encoder = createEncoder(IMAGE);
  const layers = [dense(8)];
  expect(actorBody(encoder, { features: [flatten()], layers })).toEqual({
    input: [5, 4, 2],
    layers: [flatten(), ...layers],
  });
  expect(actorBody(encoder, { features: [], layers })).toEqual({ input: [40], layers });
});
