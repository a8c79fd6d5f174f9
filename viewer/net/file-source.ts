import type { ByteSource } from '../../training/zip/byte-source.ts';

/** The bytes of a file on the reader's own machine; only the parts that are read are loaded. */
export function fileSource(file: Blob): ByteSource {
  return {
    size: file.size,
    read: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
  };
}
