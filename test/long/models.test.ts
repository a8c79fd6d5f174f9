import { describe, expect, test } from 'vitest';
import { envEntries, makeDynamics } from '../../envs/registry.ts';
import { fitModel } from '../envs/model-check.ts';

// Every world with a model does what it says, over a million random steps. The seeds are fixed.
const WORLDS = [
  ...envEntries().map(({ id }) => makeDynamics(id)),
  makeDynamics('Taxi-v4', { options: { rainy: true, masked: true } }),
  makeDynamics('Taxi-v4', { options: { rainy: true, ficklePassenger: true } }),
  makeDynamics('Blackjack-v1', { options: { sab: false, natural: true } }),
  makeDynamics('WindyGridworld-v0', { options: { moves: 'king-or-stay', stochasticWind: true } }),
  makeDynamics('Racetrack-v0', { options: { track: 'right' } }),
].filter((world) => world.model !== undefined);

describe.each(WORLDS.map((world, i) => [`${i} ${world.name}`, world] as const))(
  '%s',
  (_, world) => {
    test('samples what its model says in a million steps', () => {
      const model = world.model?.();
      if (model === undefined) throw new Error('there is no model.');
      const { impossible, ...fit } = fitModel(world, model, 1_000_000);
      expect(impossible).toEqual([]);
      for (const [what, z] of Object.entries(fit)) expect(z, what).toBeLessThan(5);
    });
  },
);
