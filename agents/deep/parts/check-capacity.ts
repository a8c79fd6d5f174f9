/**
 * Checks that transitions do not give way before the steps that they need have come.
 *
 * @param steps Of each copy that belong together, at least 1.
 * @param copies Of the world, which come in turns.
 * @throws RangeError if there is no room for as many steps of each copy.
 */
export function checkCapacity(
  where: string,
  capacity: number,
  { steps, copies }: { readonly steps: number; readonly copies: number },
): void {
  const least = steps * copies;
  if (capacity >= least) return;
  throw new RangeError(
    `${where}: capacity must be at least ${least}, for ${count(steps, 'step')} of ${count(copies, 'copy', 'copies')}, got ${capacity}.`,
  );
}

function count(number: number, one: string, many: string = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
