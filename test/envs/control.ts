import { Alea } from '../../core/alea.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import type { Shape, ShapesScene } from '../../core/scene.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { readGolden } from '../helpers/golden.ts';
import { scriptedRng } from '../helpers/rng.ts';

// What the tests of the control worlds share.

/** An episode as Gymnasium 1.4.0 recorded it; actions are vectors where the world takes vectors. */
export interface GoldenEpisode {
  readonly initialState: readonly number[];
  readonly initialObservation: readonly number[];
  readonly actions: readonly (number | readonly number[])[];
  readonly observations: readonly (readonly number[])[];
  readonly rewards: readonly number[];
  readonly terminated: readonly boolean[];
  readonly finalState: readonly number[];
}

/** The recorded episodes of a world, numbered. */
export function goldenEpisodes(id: string): (readonly [number, GoldenEpisode])[] {
  const episodes = readGolden<Record<string, GoldenEpisode[]>>('classic-control.json.gz')[id];
  return episodes.map((episode, i) => [i, episode]);
}

type Control<A extends Space> = Dynamics<Space, A, Float64Array>;

/** How far a world strays from a recorded episode at most. */
export interface Deviation {
  observation: number;
  reward: number;
  finalState: number;
  /** Steps after which one says it is over and the other does not. */
  readonly otherEnds: number[];
}

/** Takes the recorded actions from the recorded start. */
export function deviationFrom<A extends Space>(
  world: Control<A>,
  golden: GoldenEpisode,
): Deviation {
  const deviation: Deviation = { observation: 0, reward: 0, finalState: 0, otherEnds: [] };
  const state = new Float64Array(world.stateSize);
  const observation = new Float32Array(rowSize(world.observationSpace));
  const compare = (expected: readonly number[]) => {
    world.observe(state, observation);
    deviation.observation = Math.max(deviation.observation, distance(observation, expected));
  };
  state.set(golden.initialState);
  compare(golden.initialObservation);
  golden.actions.forEach((recorded, t) => {
    const action = typeof recorded === 'number' ? recorded : Float32Array.from(recorded);
    const reward = world.step(state, action as ElementOf<A>, scriptedRng());
    compare(golden.observations[t]);
    deviation.reward = Math.max(deviation.reward, distance([reward], [golden.rewards[t]]));
    if (world.isTerminal(state) !== golden.terminated[t]) deviation.otherEnds.push(t);
  });
  deviation.finalState = distance(state, golden.finalState);
  return deviation;
}

/** The largest difference between elements; NaN in either makes it NaN. */
export function distance(actual: ArrayLike<number>, expected: readonly number[]): number {
  return expected.reduce((most, x, i) => Math.max(most, Math.abs(actual[i] - x)), 0);
}

/** Where a step leads. */
export interface Outcome {
  readonly state: readonly number[];
  readonly reward: number;
  readonly terminal: boolean;
}

/** Takes one step from `state`. */
export function stepFrom<A extends Space>(
  world: Control<A>,
  state: readonly number[],
  action: ElementOf<A>,
): Outcome {
  const row = Float64Array.from(state);
  const reward = world.step(row, action, scriptedRng());
  return { state: [...row], reward, terminal: world.isTerminal(row) };
}

/** A start state from the given uniform draws, all of which must be used. */
export function startFrom(world: Control<Space>, ...draws: number[]): number[] {
  const state = new Float64Array(world.stateSize).fill(Number.NaN);
  const rng = scriptedRng(...draws);
  world.reset(state, rng);
  if (rng.snapshot().next !== draws.length) throw new Error('startFrom: a draw is left.');
  return [...state];
}

/** The returns of episodes with seeds 0, 1, …, each cut by the world's time limit. */
export function returnsOf<A extends Space>(
  world: Control<A>,
  numEpisodes: number,
  policy: (state: Float64Array, rng: Alea) => ElementOf<A>,
): number[] {
  return Array.from({ length: numEpisodes }, (_, seed) => {
    const rng = new Alea(seed);
    const state = new Float64Array(world.stateSize);
    world.reset(state, rng);
    let sum = 0;
    for (let t = 0; t < world.timeLimit && !world.isTerminal(state); t++) {
      sum += world.step(state, policy(state, rng), rng);
    }
    return sum;
  });
}

/** The average of some numbers. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}

/** The scene of a state, as shapes. */
export function shapesOf(world: Control<Space>, ...state: number[]): ShapesScene {
  const scene = world.scene(Float64Array.from(state));
  if (scene.kind !== 'shapes') throw new Error(`expected shapes, got ${scene.kind}.`);
  return scene;
}

/** The shapes of one kind and color. */
export function shapesWith<K extends Shape['kind']>(
  scene: ShapesScene,
  kind: K,
  color: Shape['color'],
): (Shape & { kind: K })[] {
  return scene.shapes.filter(
    (shape): shape is Shape & { kind: K } => shape.kind === kind && shape.color === color,
  );
}
