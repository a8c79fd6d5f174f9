import { readFile } from 'node:fs/promises';
import { statFile } from './folder-reader.ts';

const MAX_CONFIG_BYTES = 256 * 1024;
const MAX_TOTAL_BYTES = 16 * 1024 * 1024;

interface Cached {
  readonly size: number;
  readonly mtimeMs: number;
  readonly config: object | null;
}

/** Reads each `config.json` once per change, and no more of them than fit into a budget. */
export class ConfigCache {
  #known = new Map<string, Cached>();
  #seen = new Map<string, Cached>();
  #bytes = 0;

  /** Starts a new scan: what the last one did not ask for is forgotten. */
  beginScan(): void {
    this.#known = this.#seen;
    this.#seen = new Map();
    this.#bytes = 0;
  }

  /** The object in a file; null where it is unreadable, too large or no object. */
  async read(path: string): Promise<object | null> {
    const found = statFile(path);
    if (found === undefined || found.size > MAX_CONFIG_BYTES) return null;
    this.#bytes += found.size;
    if (this.#bytes > MAX_TOTAL_BYTES) return null;

    const known = this.#known.get(path);
    const { size, mtimeMs } = found;
    const fresh = known?.size === size && known.mtimeMs === mtimeMs;
    const cached = fresh ? known : { size, mtimeMs, config: await parseConfig(path) };
    this.#seen.set(path, cached);
    return cached.config;
  }
}

async function parseConfig(path: string): Promise<object | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
