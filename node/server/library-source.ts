import { ConfigCache } from './config-cache.ts';
import { scanLibrary } from './scan-library.ts';
import type { ServedRoot } from './served-root.ts';

/** The library as JSON text. However many ask at once, one scan runs. */
export class LibrarySource {
  readonly #root: ServedRoot;
  readonly #configs = new ConfigCache();
  #scan: Promise<string> | undefined;

  constructor(root: ServedRoot) {
    this.#root = root;
  }

  /** The library as it is now, or as a scan that is under way finds it. */
  text(): Promise<string> {
    this.#scan ??= this.#read().finally(() => {
      this.#scan = undefined;
    });
    return this.#scan;
  }

  async #read(): Promise<string> {
    return JSON.stringify(await scanLibrary(this.#root, this.#configs));
  }
}
