import type { Features } from '../../../agents/linear/features/features.ts';
import { GradientMonteCarlo } from '../../../agents/linear/gradient-monte-carlo.ts';
import type { Interval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import type { Finding } from '../experiment.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { runLength, runSeed } from '../run-length.ts';
import { thousandStates } from './thousand-states.ts';
import { valueError } from './value-error.ts';

const EPISODES = 5000;
const EVERY = 20; // episodes from one look at the error to the next

/** A method of figures 9.5 and 9.10, with the errors that it must make. */
export interface Method {
  readonly name: string;
  readonly features: Features;
  readonly stepSize: number;
  /** √VE after some episodes, of which 1 or a multiple of 20. */
  readonly errors: readonly { readonly episode: number; readonly error: Interval }[];
}

/** Which episodes are looked at: the first, and each twentieth. */
export function lookedAt(runs: number): number[] {
  const last = runLength(runs, EPISODES, 100);
  return [1, ...Array.from({ length: last / EVERY }, (_, i) => (i + 1) * EVERY)];
}

/** √VE of gradient Monte Carlo after each of the episodes that are looked at. */
export function learningCurve(method: Method, runs: number, seed: number): Curves {
  const episodes = lookedAt(runs);
  const errorOf = valueError(method.features);
  const walk = thousandStates();
  const curves = new Curves(episodes.length);
  for (let run = 0; run < runs; run++) {
    const agent = new GradientMonteCarlo(walk, {
      features: method.features,
      stepSize: method.stepSize,
      discount: 1,
      seed: runSeed(seed, run),
    });
    const errors: number[] = [];
    learnEpisodes(agent, walk, {
      episodes: episodes[episodes.length - 1],
      seed: runSeed(seed, run),
      onEpisode: (episode) => {
        if (episode === 1 || episode % EVERY === 0) errors.push(errorOf(agent.weights));
      },
    });
    curves.add(errors);
  }
  return curves;
}

/** The errors of a method beside those that it must make. */
export function errorFindings(method: Method, curves: Curves, from: string): Finding[] {
  const episodes = lookedAt(curves.runs);
  return method.errors
    .filter(({ episode }) => episodes.includes(episode))
    .map(({ episode, error }) => ({
      what: `√VE after episode ${episode}, ${method.name}`,
      ours: curves.interval(episodes.indexOf(episode)),
      reference: error,
      from,
    }));
}
