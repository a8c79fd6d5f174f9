import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Checkable } from '../envs/checker/target.ts';
import { UsageError } from './usage-error.ts';

/**
 * Loads a world from a JavaScript or TypeScript file: it runs the file's code.
 *
 * The file exports an `Env`, a `Dynamics`, a function that makes one, or a class of envs: as its
 * default export, or as the only export that can be one.
 *
 * @param settings Given to the function, or to the class's constructor.
 * @throws UsageError if the file exports no such thing, or several.
 * @throws Error if the file cannot be loaded.
 */
export async function loadEnv(
  file: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<Checkable> {
  const exported = choose(file, await importFile(file));
  if (typeof exported !== 'function') {
    if (Object.keys(settings).length === 0) return exported as Checkable;
    throw new UsageError(`--env-set: ${file} exports no function that takes options.`);
  }
  const given = Object.keys(settings).length > 0 ? [settings] : [];
  if (!isClass(exported)) return () => exported(...given);
  return () => Reflect.construct(exported, given);
}

function choose(file: string, module: Readonly<Record<string, unknown>>): unknown {
  if (module.default !== undefined) return module.default;
  const candidates = Object.entries(module).filter(([, value]) => canBeEnv(value));
  if (candidates.length === 1) return candidates[0][1];
  const names = candidates.map(([name]) => name).join(', ') || 'nothing';
  throw new UsageError(
    `${file} must export one Env, Dynamics, or function or class that makes one, got ${names}. Make one the default export.`,
  );
}

function canBeEnv(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && 'step' in value && 'reset' in value;
}

// biome-ignore lint/complexity/noBannedTypes: any function that a file exports
function isClass(value: Function): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

async function importFile(file: string): Promise<Record<string, unknown>> {
  const path = resolve(file);
  const url = pathToFileURL(path).href;
  try {
    return await import(url);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_FILE_EXTENSION') {
      throw failure(file, error);
    }
    return importByTsx(file, path, url);
  }
}

/** Node 20 reads TypeScript only through tsx: the one of the file's own project, where it has one. */
async function importByTsx(
  file: string,
  path: string,
  url: string,
): Promise<Record<string, unknown>> {
  try {
    await import(pathToFileURL(createRequire(path).resolve('tsx/esm')).href);
  } catch {
    throw new Error(
      `${file}: Node ${process.versions.node} does not read TypeScript. Install tsx beside it (npm install --save-dev tsx), or use Node 22.18 or newer.`,
    );
  }
  try {
    return await import(`${url}?by=tsx`); // Node remembers that the plain address failed
  } catch (error) {
    throw failure(file, error);
  }
}

function failure(file: string, error: unknown): Error {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Error(`${file} cannot be loaded. ${message}`, { cause: error });
}
