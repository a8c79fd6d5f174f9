/** How to build a world, as JSON: what recordings, checkpoints and suites store of it. */
export interface EnvSpec {
  /** `Name-vN`, as the registry knows it. */
  readonly id: string;
  /** The factory's resolved options. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Wrappers around the world, innermost first. */
  readonly wrappers: readonly WrapperSpec[];
}

/** One wrapper by its name in the registry, with its resolved options. */
export interface WrapperSpec {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}
