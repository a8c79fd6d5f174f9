import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest, type TestCase, type Vitest } from 'vitest/node';
import type { Mutation } from './mutation.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What became of the tests that were run. */
export interface Outcome {
  /** Why the tests could not be run at all; empty where they were. */
  readonly loadErrors: readonly string[];
  readonly numPassed: number;
  /** The kinds of error that tests failed by, such as `AssertionError`. */
  readonly failures: readonly string[];
}

/** The change of a source that is in force. */
type Change = Pick<Mutation, 'file' | 'line' | 'broken'>;

/**
 * Runs tests against sources of which one line is broken, without touching any file: a second Vitest
 * reads the line otherwise than it stands on the disk.
 */
export class MutationRunner {
  readonly #vitest: Vitest;
  readonly #sources: Sources;

  private constructor(vitest: Vitest, sources: Sources) {
    this.#vitest = vitest;
    this.#sources = sources;
  }

  /** Starts the second Vitest; `close` must follow. */
  static async open(): Promise<MutationRunner> {
    const sources = new Sources();
    const transform = (code: string, id: string) => sources.read(code, id);
    const vitest = await createVitest(
      'test',
      {
        config: false,
        root: ROOT,
        watch: false,
        cache: false,
        include: ['test/**/*.test.ts'],
        reporters: [{}],
        maxWorkers: 1,
        bail: 1,
        testTimeout: 300_000, // where others use the machine too
      },
      { plugins: [{ name: 'mutation', enforce: 'pre', transform }] },
    );
    return new MutationRunner(vitest, sources);
  }

  /** Runs the tests that the mutation names, with its line broken, or as it is. */
  async run(mutation: Mutation, isBroken: boolean): Promise<Outcome> {
    for (const file of this.#sources.change(isBroken ? mutation : null)) {
      this.#vitest.invalidateFile(file);
    }
    const id = join(ROOT, mutation.testFile);
    const testNamePattern = new RegExp(`^${literal(mutation.testName)}`);
    const project = this.#vitest.getRootProject();
    const result = await this.#vitest.runTestSpecifications([
      project.createSpecification(id, { testNamePattern }),
    ]);
    const module = result.testModules.find(({ moduleId }) => moduleId === id);
    const tests = [...(module?.children.allTests() ?? [])];
    const loadErrors = [...(module?.errors() ?? []), ...result.unhandledErrors];
    return {
      loadErrors: loadErrors.map((error) => (error as Partial<Error>).message ?? 'unknown'),
      numPassed: tests.filter((test) => test.result().state === 'passed').length,
      failures: tests.flatMap(failuresOf),
    };
  }

  async close(): Promise<void> {
    await this.#vitest.close();
  }
}

/** The sources as they are on the disk, but for one change. */
class Sources {
  #change: Change | null = null;

  /** Puts another change, or none, in force; returns the files that it alters. */
  change(change: Change | null): string[] {
    const altered = [this.#change, change].flatMap((each) => (each ? [join(ROOT, each.file)] : []));
    this.#change = change;
    return altered;
  }

  read(code: string, id: string): string {
    const change = this.#change;
    if (change === null || id !== join(ROOT, change.file)) return code;
    return code.replace(change.line, () => change.broken);
  }
}

/** The names of its errors; of one that a property of fast-check threw, the name of its cause. */
function failuresOf(test: TestCase): string[] {
  const { state, errors = [] } = test.result();
  if (state !== 'failed') return [];
  return errors.map(({ name, cause }) => (cause as Error | undefined)?.name ?? name ?? 'Error');
}

/** A pattern that matches the text itself. */
function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
