import { checkInteger, show } from '../../core/check.ts';
import type { AnyBox } from '../../core/space.ts';
import { AtariScreen } from './atari-screen.ts';
import { maxPool } from './image.ts';
import { requireDiscreteActions } from './requirements.ts';
import {
  type Action,
  defineWrapper,
  type Inner,
  type InnerWorld,
  type ObservationWrapper,
} from './wrapper.ts';

/** How an arcade game is prepared for learning. */
export interface AtariPreprocessingOptions {
  /** Most no-ops at the start of an episode, at least 0; there is at least one unless it is 0. Default 30. */
  readonly noopMax?: number;
  /** Frames that each step takes, at least 1. Default 4. */
  readonly frameSkip?: number;
  /** Sides of the images that are shown: one for both, or `[width, height]`. Default 84. */
  readonly screenSize?: number | readonly number[];
  /** Whether a lost life ends the episode. Default false. */
  readonly terminalOnLifeLoss?: boolean;
  /** Whether images are gray. Default true. */
  readonly grayscale?: boolean;
  /** Whether gray images keep a channel axis of one: `[height, width, 1]`. Default false. */
  readonly keepChannel?: boolean;
  /** Whether images are real numbers in [0, 1], or bytes from 0 to 255. Default false. */
  readonly scale?: boolean;
}

/** The options of `atariPreprocessing` where none are given: Machado et al.'s but for sticky actions. */
export const ATARI_PREPROCESSING_DEFAULTS: Required<AtariPreprocessingOptions> = {
  noopMax: 30,
  frameSkip: 4,
  screenSize: 84,
  terminalOnLifeLoss: false,
  grayscale: true,
  keepChannel: false,
  scale: false,
};

const NAME = 'atari-preprocessing';

/**
 * The usual preparation of arcade games, but for stacking frames (`frameStackObservation`):
 *
 * - an episode begins with 1 … `noopMax` no-ops, action 0; should the game end meanwhile, another
 *   one begins and the rest of them follow;
 * - a step takes its action for `frameSkip` frames, or until the episode ends or the action becomes
 *   illegal, and sums the rewards;
 * - what is shown is the greater of each pixel of the last two frames of a step, gray, resized by
 *   area. Where a step is cut short, frames that it did not reach are those of the step before;
 * - a lost life may count as the end of the episode; the next one is a new game all the same.
 *
 * The world shows images, uint8 of shape `[height, width, 3]`, or `[height, width]` if they are gray
 * already, one for each frame. `timeLimit` is the world's in steps of `frameSkip` frames, rounded up,
 * without the no-ops.
 *
 * Source: Machado et al. (2018), "Revisiting the Arcade Learning Environment"; Gymnasium 1.4,
 * `AtariPreprocessing`: the same numbers. Differs from it where the game ends during the no-ops after
 * a reset with a seed (there the seed is used again), and in that no-ops do not count for the limit.
 *
 * @throws RangeError if an option is out of range, or the world shows no such images, has no action
 *   `noop` where no-ops are wanted, or counts no lives where they matter.
 */
export const atariPreprocessing: ObservationWrapper<AtariPreprocessingOptions, AnyBox> =
  defineWrapper({
    name: NAME,
    description: 'Skips, pools, grays and resizes the frames of an arcade game.',
    defaults: ATARI_PREPROCESSING_DEFAULTS,
    rules(world, options) {
      const { noopMax, frameSkip, terminalOnLifeLoss } = checkOptions(world, options);
      const screen = new AtariScreen(NAME, world, options);
      const [lives, lost] = [screen.size, screen.size + 1]; // in memory, after the pooled frame
      const frame = new Uint8Array(screen.size);
      const pooled = new Uint8Array(screen.size);
      const { actionSpace } = world;
      const masked = world.masked && actionSpace.kind === 'discrete';
      const mask = masked ? new Uint8Array(actionSpace.n) : null;
      return {
        observationSpace: screen.space,
        memorySize: screen.size + 2,
        memoryKind: 'uint8',
        timeLimit: Math.ceil(world.timeLimit / frameSkip),

        begin(memory, inner, rng) {
          const noops = noopMax === 0 ? 0 : 1 + rng.below(noopMax);
          for (let k = 0; k < noops; k++) {
            inner.step(0);
            if (inner.hasEnded()) inner.reset();
          }
          screen.grab(inner, frame);
          memory.set(frame);
          memory[lives] = terminalOnLifeLoss ? livesOf(inner) : 0;
          memory[lost] = 0;
        },

        step(memory, inner, action) {
          let reward = 0;
          let seen = 0; // of the last two frames
          for (let t = 0; t < frameSkip; t++) {
            if (t > 0 && mask !== null && !isLegal(inner, action, mask)) break;
            reward += inner.step(action);
            if (terminalOnLifeLoss) {
              const left = livesOf(inner);
              memory[lost] = left < memory[lives] ? 1 : 0;
              memory[lives] = left;
            }
            if (inner.hasEnded() || memory[lost] === 1) break;
            if (t < frameSkip - 2) continue;
            screen.grab(inner, frame);
            if (seen === 0) pooled.set(frame);
            else maxPool(pooled, frame);
            seen++;
          }
          if (seen === Math.min(2, frameSkip)) memory.set(pooled);
          else if (seen === 1) maxPool(memory.subarray(0, screen.size), pooled);
          return reward;
        },

        isTerminal: (memory, inner) => memory[lost] === 1 || inner.isTerminal(),
        observe: (memory, _, observation) => screen.show(memory as Uint8Array, observation),
      };
    },
  });

function checkOptions(
  world: InnerWorld,
  options: Required<AtariPreprocessingOptions>,
): Required<AtariPreprocessingOptions> {
  const { noopMax, frameSkip, terminalOnLifeLoss } = options;
  checkInteger(`${NAME}: noopMax`, noopMax, 0, 2 ** 32);
  checkInteger(`${NAME}: frameSkip`, frameSkip, 1);
  if (terminalOnLifeLoss && !world.livesCounted) {
    throw new RangeError(
      `${NAME}: ${world.name} must count lives where a lost one ends the episode. Give it lives(state), or terminalOnLifeLoss: false.`,
    );
  }
  if (noopMax === 0) return options;
  const { labels } = requireDiscreteActions(NAME, world);
  if (labels[0]?.toLowerCase() === 'noop') return options;
  throw new RangeError(
    `${NAME}: action 0 of ${world.name} must be called noop, got ${show(labels[0])}. Give noopMax: 0 to begin without no-ops.`,
  );
}

/** Lives that are left, as a byte holds them. */
function livesOf(inner: Inner): number {
  return Math.min(255, inner.lives());
}

function isLegal(inner: Inner, action: Action, mask: Uint8Array): boolean {
  inner.actionMask(mask);
  return mask[action as number] === 1;
}
