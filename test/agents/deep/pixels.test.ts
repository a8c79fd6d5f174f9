import { expect, test } from 'vitest';
import { Dqn } from '../../../agents/deep/action-values/dqn.ts';
import { createEncoder } from '../../../agents/deep/parts/observations.ts';
import { Alea } from '../../../core/alea.ts';
import { VectorEnv } from '../../../core/vector-env.ts';
import { cartPole } from '../../../envs/control/cart-pole.ts';
import { addRenderObservation } from '../../../envs/wrappers/add-render-observation.ts';
import { frameStackObservation } from '../../../envs/wrappers/frame-stack-observation.ts';
import { grayscaleObservation } from '../../../envs/wrappers/grayscale-observation.ts';
import { resizeObservation } from '../../../envs/wrappers/resize-observation.ts';

const [HEIGHT, WIDTH, FRAMES] = [10, 15, 4];
const PIXELS = HEIGHT * WIDTH;
const NUM_ENVS = 2;

test('DQN learns the same from gray frames of pictures, kept as stacks or each of them once', () => {
  const pictures = addRenderObservation(cartPole(), { width: 60, height: 40 });
  const small = resizeObservation(grayscaleObservation(pictures), { shape: [HEIGHT, WIDTH] });
  const world = frameStackObservation(small, { frames: FRAMES });
  expect(world.observationSpace).toMatchObject({ shape: [FRAMES, HEIGHT, WIDTH] });

  const options = { batchSize: 8, learningStarts: 20, updateEvery: 4, epsilon: 0.5, capacity: 200 };
  const task = { ...world, numEnvs: NUM_ENVS };
  const agent = new Dqn(task, options);
  const stacking = new Dqn(task, { ...options, replay: { stack: FRAMES } });
  expect(agent.values.network.plan.input).toEqual([HEIGHT, WIDTH, FRAMES]);
  const envs = new VectorEnv(world, { numEnvs: NUM_ENVS, seed: 5 });
  const actions = envs.createActions();
  for (let t = 0; t < 40; t++) {
    agent.act(envs.observations, actions);
    const transitions = envs.step(actions);
    agent.learn(transitions);
    stacking.act(transitions.observations, envs.createActions()); // as often as the other one draws
    stacking.learn(transitions);
  }
  expect(agent.values.updates).toBe(15);
  expect(stacking.values.network.parameters).toEqual(agent.values.network.parameters);
  const [stacked, whole] = [stacking.replay, agent.replay];
  expect(stacked.memory.bytes).toBeLessThan(0.6 * whole.memory.bytes);

  // Bytes and frames as the world shows them, in either buffer.
  expect(stacked.options.storage).toBe('uint8');
  expect(whole.options.storage).toBe('uint8');
  const [batch, own] = [stacked.createBatch(16), whole.createBatch(16)];
  stacked.sample(batch, new Alea(2));
  whole.sample(own, new Alea(2));
  expect(batch.observations).toEqual(own.observations);
  expect(new Set(batch.observations).size).toBeGreaterThan(2);

  // In the network each pixel has four numbers from 0 to 1, one a frame.
  const { encode, inputSize } = createEncoder(world.observationSpace);
  const inputs = encode(batch.observations, new Float32Array(16 * inputSize));
  const expected = Float32Array.from({ length: inputs.length }, (_, i) => {
    const [row, pixel, frame] = [i / inputSize, (i % inputSize) / FRAMES, i % FRAMES].map(
      Math.floor,
    );
    return batch.observations[(row * FRAMES + frame) * PIXELS + pixel] * Math.fround(1 / 255);
  });
  expect(inputs).toEqual(expected);
  expect(agent.values.forward(inputs, 16).every(Number.isFinite)).toBe(true);
});
