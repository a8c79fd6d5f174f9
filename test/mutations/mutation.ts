import { posix } from 'node:path';

/** Key lines of one file, and how to break them. */
export interface MutatedFile {
  /** The agents of the registry, or the functions, whose lines they are. */
  readonly of: readonly string[];
  /** The file, from `agents/`: below it, or beside it as `../replay/…`. */
  readonly file: string;
  /** The file of their tests, below `test/agents/`. */
  readonly tests: string;
  readonly breakages: readonly Breakage[];
}

/**
 * Text that stands in the file once; what to put in its place, which must still be a program; and a
 * test that must then fail: its name with those of the blocks around it, or the beginning of that.
 */
export type Breakage = readonly [line: string, broken: string, test: string];

/** One breakage, with all that it takes to run it. */
export interface Mutation {
  readonly of: readonly string[];
  /** From the root of the repository. */
  readonly file: string;
  readonly line: string;
  readonly broken: string;
  /** From the root of the repository. */
  readonly testFile: string;
  readonly testName: string;
}

/** All breakages of the files, one by one. */
export function mutationsOf(files: readonly MutatedFile[]): Mutation[] {
  return files.flatMap(({ of, file, tests, breakages }) =>
    breakages.map(([line, broken, testName]) => ({
      of,
      file: posix.join('agents', file),
      line,
      broken,
      testFile: `test/agents/${tests}`,
      testName,
    })),
  );
}
