import type { HeapMemory } from '../arena/heap.ts';
import type { WasmMemory, WebAssemblyInterface } from './web-assembly.ts';

const PAGE = 65536; // bytes
const MOST_PAGES = 65536; // 4 GiB, as far as an address reaches
const FIRST_PAGES = 16;
const BEYOND = 32; // numbers: how far behind an array's end the kernels may read

/** One WebAssembly memory as an array of float32 that can grow. */
export class KernelMemory implements HeapMemory<Float32Array> {
  readonly memory: WasmMemory;
  #numbers: Float32Array;

  constructor({ Memory }: WebAssemblyInterface) {
    this.memory = new Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES });
    this.#numbers = new Float32Array(this.memory.buffer);
  }

  get numbers(): Float32Array {
    return this.#numbers;
  }

  grow(length: number): void {
    const pages = this.memory.buffer.byteLength / PAGE;
    const needed = Math.ceil(((length + BEYOND) * 4) / PAGE);
    if (needed <= pages) return;
    // Twice as much, so that arrays are seldom renewed; only what is needed where that is too much.
    const wanted = Math.max(needed, Math.min(2 * pages, MOST_PAGES));
    if (!this.#tryGrow(wanted - pages) && !this.#tryGrow(needed - pages)) {
      throw new RangeError(`simdEngine: there is no memory for ${length} numbers.`);
    }
    this.#numbers = new Float32Array(this.memory.buffer);
  }

  #tryGrow(pages: number): boolean {
    try {
      this.memory.grow(pages);
      return true;
    } catch {
      return false;
    }
  }
}
