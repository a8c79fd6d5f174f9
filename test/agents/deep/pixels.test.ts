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
import { ReplayBuffer } from '../../../replay/replay-buffer.ts';

const [HEIGHT, WIDTH, FRAMES] = [10, 15, 4];
const PIXELS = HEIGHT * WIDTH;
const NUM_ENVS = 2;

test('DQN learns from gray frames of pictures, stacked by the world and by its replay buffer', () => {
  const pictures = addRenderObservation(cartPole(), { width: 60, height: 40 });
  const small = resizeObservation(grayscaleObservation(pictures), { shape: [HEIGHT, WIDTH] });
  const world = frameStackObservation(small, { frames: FRAMES });
  expect(world.observationSpace).toMatchObject({ shape: [FRAMES, HEIGHT, WIDTH] });

  const agent = new Dqn(
    { ...world, numEnvs: NUM_ENVS },
    { batchSize: 8, learningStarts: 20, updateEvery: 4, epsilon: 0.5, capacity: 200 },
  );
  expect(agent.values.network.plan.input).toEqual([HEIGHT, WIDTH, FRAMES]);
  const stacked = new ReplayBuffer(world, 200, { stack: FRAMES });
  const envs = new VectorEnv(world, { numEnvs: NUM_ENVS, seed: 5 });
  const actions = envs.createActions();
  for (let t = 0; t < 40; t++) {
    agent.act(envs.observations, actions);
    const transitions = envs.step(actions);
    agent.learn(transitions);
    stacked.add(transitions);
  }
  expect(agent.values.updates).toBe(15);

  // Bytes and frames as the world shows them, in either buffer.
  expect(stacked.options.storage).toBe('uint8');
  expect(agent.replay.options.storage).toBe('uint8');
  const [batch, own] = [stacked.createBatch(16), agent.replay.createBatch(16)];
  stacked.sample(batch, new Alea(2));
  agent.replay.sample(own, new Alea(2));
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
