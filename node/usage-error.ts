/** The command line was used wrongly: the program prints the message and ends with exit code 2. */
export class UsageError extends Error {}

/**
 * Runs what depends only on the words of the command line.
 *
 * @throws UsageError in place of a RangeError, which there is the user's slip.
 */
export function asUsage<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
