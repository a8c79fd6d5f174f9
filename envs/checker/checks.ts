/** How bad it is: an error breaks agents, recordings or resuming; a warning is worth a look. */
export type Severity = 'error' | 'warning';

/** One check: how bad what it finds is, and what would be right. */
export interface Check {
  readonly severity: Severity;
  readonly fix: string;
}

const error = (fix: string): Check => ({ severity: 'error', fix });
const warning = (fix: string): Check => ({ severity: 'warning', fix });

/** The name of a check. */
export type CheckName =
  | 'maker'
  | 'members'
  | 'time-limit'
  | 'reset-fills-row'
  | 'rules-repeat'
  | 'rules-row'
  | 'observe-complete'
  | 'mask-complete'
  | 'rules-pure'
  | 'model-shape'
  | 'model-rows'
  | 'model-outcomes'
  | 'space-valid'
  | 'space-labels'
  | 'space-constant'
  | 'space-infinite'
  | 'action-normalized'
  | 'image-space'
  | 'space-row'
  | 'space-stable'
  | 'spec'
  | 'reset-result'
  | 'reset-options'
  | 'reset-unknown-option'
  | 'reset-bad-seed'
  | 'reset-same-seed'
  | 'reset-continues'
  | 'seed-unused'
  | 'step-result'
  | 'observation-type'
  | 'observation-finite'
  | 'observation-space'
  | 'reward'
  | 'flags'
  | 'info'
  | 'mask'
  | 'mask-legal'
  | 'scene'
  | 'scene-pure'
  | 'step-before-reset'
  | 'step-after-end'
  | 'illegal-action'
  | 'illegal-action-moves'
  | 'action-beyond'
  | 'action-kept'
  | 'observation-fresh'
  | 'mask-fresh'
  | 'determinism'
  | 'instances'
  | 'snapshot-data'
  | 'snapshot-fresh'
  | 'restore'
  | 'restore-fresh'
  | 'restore-damaged'
  | 'spec-round-trip'
  | 'vector';

/** Every check by its name, in the order in which they run. */
export const CHECKS: Readonly<Record<CheckName, Check>> = {
  maker: error('Give an Env, a Dynamics, or a function without arguments that makes a new one.'),
  members: error('Implement every member of the interface.'),

  // The rules alone.
  'time-limit': error('Give the steps of the longest episode, or Infinity for no limit.'),
  'reset-fills-row': error('Write every number of the row in reset, also those that are zero.'),
  'rules-repeat': error(
    'Draw from the generator passed in alone, and remember things in the row alone.',
  ),
  'rules-row': error('Keep what a state is made of in its row, not in variables of the world.'),
  'observe-complete': error('Write every element of the observation, also those that are zero.'),
  'mask-complete': error('Write every element of the mask, 1 or 0.'),
  'rules-pure': error('Only reset and step may change the row; the others read it.'),
  'model-shape': error('Build the model with createTabularModel, for the spaces of this world.'),
  'model-rows': error('Give each row, and the start, chances of at least 0 that sum to 1.'),
  'model-outcomes': error('Let the model have every outcome that the rules can give.'),

  // The spaces.
  'space-valid': error('Build spaces with box, discrete, dict and the like, which check them.'),
  'space-labels': warning('Give each element a name of its own, or none at all.'),
  'space-constant': warning('Leave out what never changes, or widen its bounds.'),
  'space-infinite': warning('Give bounds where there are any; agents scale by them.'),
  'action-normalized': warning('Take actions in −1 … 1 and scale them inside the world.'),
  'image-space': warning('Give images as [height, width, channels] of dtype uint8 in 0 … 255.'),
  'space-row': warning('Give the space a greatest length, so that agents can see it as a row.'),
  'space-stable': error('Make the spaces once, and leave them as they are.'),
  spec: error('Let spec be null, or the JSON that make was given.'),

  // Resets.
  'reset-result': error('Return { observation, info } from reset.'),
  'reset-options': error('Take reset(), reset({}) and reset({ options: {} }).'),
  'reset-unknown-option': warning('Refuse options that the world does not know, with their names.'),
  'reset-bad-seed': error(
    'Refuse seeds that are no integers of at least 0 before anything changes.',
  ),
  'reset-same-seed': error('Start all randomness anew from the seed, and clear everything else.'),
  'reset-continues': error('Let reset() without a seed go on with the generator where it is.'),
  'seed-unused': warning(
    'Draw from a generator that reset seeds; ignore this if nothing is drawn.',
  ),

  // Steps, each of them.
  'step-result': error('Return { observation, reward, terminated, truncated, info } from step.'),
  'observation-type': error(
    'Return what the space’s elements are: a number, the right typed array.',
  ),
  'observation-finite': error('Never observe NaN or an infinite number.'),
  'observation-space': error('Clip the observation, or widen the space to all it can be.'),
  reward: error('Return a finite number as the reward.'),
  flags: error('Return booleans, and only one of them true: terminated goes first.'),
  info: error('Return an object as info; {} if there is nothing to say.'),
  mask: error('Return null, or a new Uint8Array with 1 or 0 for each action of a Discrete space.'),
  'mask-legal': error('Leave at least one action legal until the episode ends.'),
  scene: error('Return a grid, shapes or a screen as core/scene.ts describes them.'),
  'scene-pure': error('Drawing must not change the world.'),

  // Calls that must be refused, or that must leave the caller’s things alone.
  'step-before-reset': error('Throw an Error when step is called before the first reset.'),
  'step-after-end': error(
    'Throw an Error when step is called after the end, until the next reset.',
  ),
  'illegal-action': error('Throw a RangeError for actions outside the space or masked.'),
  'illegal-action-moves': error('Check the action before anything changes.'),
  'action-beyond': error(
    'Clip real numbers beyond the bounds of the action space, or refuse them.',
  ),
  'action-kept': error('Read the action and leave it alone; copy it where it is needed later.'),
  'observation-fresh': error('Return a copy of the observation each time, never one buffer.'),
  'mask-fresh': error('Return a copy of the mask each time, never one buffer.'),

  // The same bits.
  determinism: error(
    'Let everything depend on the seed and the actions: no clock, no other randomness.',
  ),
  instances: error('Keep everything in the instance: no variables that instances share.'),
  'snapshot-data': error('Return JSON and typed arrays, with a kind and a version first.'),
  'snapshot-fresh': error('Copy what goes into a snapshot, and what is restored from one.'),
  restore: error('Put everything that later steps depend on into the snapshot.'),
  'restore-fresh': error('Put everything into the snapshot that another instance has to know.'),
  'restore-damaged': error('Check the whole of a snapshot before anything changes, and refuse it.'),
  'spec-round-trip': error('Put every option into spec, so that make(spec) builds the same world.'),
  vector: error('Let a copy depend on its own row and generator alone.'),
};
