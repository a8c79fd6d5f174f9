/** A step of training in which agent, world or callback has thrown: `cause` is what. */
export class TrainingError extends Error {
  /** Environment steps, all copies together, with that step. */
  readonly steps: number;

  /** @param steps As above. */
  constructor(steps: number, cause: unknown) {
    const what = cause instanceof Error ? cause.message : String(cause);
    super(`Training failed at step ${steps}: ${what}`, { cause });
    this.name = 'TrainingError';
    this.steps = steps;
  }
}
