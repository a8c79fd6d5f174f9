import type { Kernels } from '../kernels/kernels.ts';
import { bytesOfBase64 } from './base64.ts';
import { KERNELS as FAST } from './generated/fast.ts';
import { KERNELS as PORTABLE } from './generated/portable.ts';
import type { WasmMemory, WasmModule, WebAssemblyInterface } from './web-assembly.ts';

/** Which of the two compilations of the kernels. */
export type SimdBuild = 'portable' | 'fast';

const TEXTS: Readonly<Record<SimdBuild, string>> = { portable: PORTABLE, fast: FAST };

let isWide = false;

/**
 * Says whether engines that are made from now on take products in tiles that suit registers of eight
 * numbers. The bits are the same. It is faster only where the JavaScript engine makes such registers
 * out of pairs of SIMD's, and where products and sums are fused; elsewhere it is slower.
 */
export function useWideTiles(on: boolean): void {
  isWide = on;
}

const bytes: Partial<Record<SimdBuild, Uint8Array>> = {};
const modules: Partial<Record<SimdBuild, WasmModule>> = {}; // compiled once, used by every engine

/** A build's code. */
export function kernelBytes(build: SimdBuild): Uint8Array {
  bytes[build] ??= bytesOfBase64(TEXTS[build]);
  return bytes[build];
}

/** Kernels that work on a memory, and the first of its numbers that they leave to others. */
export function instantiate(
  { Module, Instance }: WebAssemblyInterface,
  build: SimdBuild,
  memory: WasmMemory,
): { readonly kernels: Kernels; readonly heapBegin: number } {
  modules[build] ??= new Module(kernelBytes(build));
  const { exports } = new Instance(modules[build], { env: { memory } });
  const kernels = exports as Kernels & { heapBegin(): number; useWideTiles(on: number): void };
  kernels.useWideTiles(isWide ? 1 : 0);
  return { kernels, heapBegin: kernels.heapBegin() };
}
