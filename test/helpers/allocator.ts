import type { Allocator } from '../../replay/memory.ts';

/** Gives arrays and views as a buffer does that is not only planned. */
export const ordinaryMemory: Allocator = {
  array: (_, type, length) => new type(length),
  views: () => true,
};
