import type { EnvSpec } from '../../core/env-spec.ts';
import { envEntries, resolveSpec } from '../../envs/registry.ts';

/** Options of worlds under which other lines of their rules run, or other generators' draws count. */
const VARIANTS: readonly (readonly [id: string, options: Readonly<Record<string, unknown>>])[] = [
  ['FrozenLake-v1', { slippery: false }],
  ['FrozenLake-v1', { map: 'random', size: 6, mapSeed: 5, successRate: 0.8 }],
  ['CliffWalking-v1', { slippery: true }],
  ['Taxi-v4', { rainy: true, masked: true }],
  ['Taxi-v4', { ficklePassenger: true }],
  ['Taxi-v4', { rainy: true, ficklePassenger: true }],
  ['Blackjack-v1', { sab: false }],
  ['Blackjack-v1', { sab: false, natural: true }],
  ['WindyGridworld-v0', { moves: 'king-or-stay', stochasticWind: true }],
  ['BlockingMaze-v0', { changeAfter: 100 }],
  ['ShortcutMaze-v0', { changeAfter: 0 }],
  ['Racetrack-v0', { track: 'right' }],
  ['KArmedBandit-v0', { numArms: 3 }],
  ['MountainCarContinuous-v0', { arithmetic: 'numpy2' }],
  ['Pendulum-v1', { arithmetic: 'numpy2' }],
  ['Acrobot-v1', { dynamics: 'nips' }],
];

/** Every world in the registry, the main variants of it, and what discretizing makes of it. */
export function everyWorld(): (readonly [title: string, spec: EnvSpec])[] {
  const plain = envEntries().map(({ id }) => [id, resolveSpec(id)] as const);
  const variants = VARIANTS.map(
    ([id, options]) => [`${id} ${JSON.stringify(options)}`, resolveSpec(id, { options })] as const,
  );
  const discretized = envEntries().flatMap(({ id, discretization }) => {
    if (discretization === undefined) return [];
    const wrappers = [{ name: 'discretize-observation', options: { ...discretization } }];
    return [[`${id} in cells`, resolveSpec(id, { wrappers })] as const];
  });
  return [...plain, ...variants, ...discretized];
}
