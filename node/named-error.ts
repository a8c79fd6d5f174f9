/** The error with the file's name in front, where it does not say it itself. */
export function named(file: string, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return message.includes(file)
    ? (error as Error)
    : new Error(`${file}: ${message}`, { cause: error });
}
