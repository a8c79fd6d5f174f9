/** Fewer runs than these are a glance at an experiment. */
const FEW = 10;

/**
 * How long each run is, of an experiment whose runs are long: `whole`, or `glance` where only a few
 * are asked for, as to see whether it works at all. Numbers of a glance are not those of the book.
 */
export function runLength(runs: number, whole: number, glance: number): number {
  return runs < FEW ? glance : whole;
}

/** The seed of a run: of its own, whatever the seed of the experiment. */
export function runSeed(seed: number, run: number): number {
  return seed * 1_000_000 + run;
}
