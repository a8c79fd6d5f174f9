/** The little that is needed of Node, where this is Node. */
interface NodeProcess {
  readonly versions?: { readonly node?: string };
  getBuiltinModule?(name: string): unknown;
}

/** Node's `process`, or `undefined` in a browser. */
export function nodeProcess(): NodeProcess | undefined {
  const { process } = globalThis as { readonly process?: NodeProcess };
  return process?.versions?.node === undefined ? undefined : process;
}

/**
 * Gives Node's `util` back what Node 23 took away and tfjs-node still calls.
 *
 * The module is one object for all, so it is enough to do this before the first operation.
 */
export function restoreUtil(): void {
  const util = nodeProcess()?.getBuiltinModule?.('node:util') as
    | Record<string, unknown>
    | undefined;
  if (util === undefined) return;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
