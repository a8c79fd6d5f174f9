/**
 * The few names of WebAssembly's JavaScript interface that are needed here.
 *
 * Browsers and Node have it, the language's own library does not, and the compiler withholds
 * browsers' and Node's from this folder.
 *
 * Source: WebAssembly JavaScript Interface, https://www.w3.org/TR/wasm-js-api-2/
 */
export interface WebAssemblyInterface {
  readonly Memory: new (limits: { initial: number; maximum: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: WasmImports) => { readonly exports: object };
  validate(bytes: Uint8Array): boolean;
}

/** Bytes that an instance works on. */
export interface WasmMemory {
  /** All of it as it is now: another one after it has grown. */
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB. @throws RangeError if there are not so many. */
  grow(pages: number): number;
}

/** Compiled code. */
export type WasmModule = object;

type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What this JavaScript engine has of it: `undefined` where there is none. */
export const webAssembly: WebAssemblyInterface | undefined = (
  globalThis as { WebAssembly?: WebAssemblyInterface }
).WebAssembly;
