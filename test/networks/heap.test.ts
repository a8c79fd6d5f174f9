import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { FirstFitHeap, type HeapMemory } from '../../networks/arena/heap.ts';

/** An array that is as long as it has to be, and says so. */
class Tape implements HeapMemory<Float32Array> {
  numbers: Float32Array = new Float32Array(0);

  grow(length: number): void {
    if (length <= this.numbers.length) return;
    const longer = new Float32Array(length).fill(NaN);
    longer.set(this.numbers);
    this.numbers = longer;
  }
}

describe('a heap', () => {
  test('gives out blocks of zeros at multiples of 4, from where it may begin', () => {
    const tape = new Tape();
    const heap = new FirstFitHeap(tape, 5);
    expect([heap.allocate(1), heap.allocate(9), heap.allocate(0), heap.allocate(4)]).toEqual([
      8, 12, 24, 28,
    ]);
    expect(heap.used).toBe(4 + 12 + 4 + 4);
    expect([...tape.numbers.subarray(8)]).toEqual(new Array(24).fill(0));
  });

  test('takes the first gap that is large enough, and what is left of it', () => {
    const heap = new FirstFitHeap(new Tape(), 0);
    const [first, , third] = [4, 4, 12, 4].map((size) => heap.allocate(size));
    heap.free(first);
    heap.free(third);
    expect(heap.allocate(8)).toBe(third);
    expect(heap.allocate(4)).toBe(first);
    expect(heap.allocate(4)).toBe(third + 8);
    expect(heap.allocate(4)).toBe(24);
  });

  test.each([[[0, 1, 2]], [[0, 2, 1]], [[1, 0, 2]], [[1, 2, 0]], [[2, 0, 1]], [[2, 1, 0]]])(
    'joins gaps that touch, in whatever order they come (%j)',
    (order) => {
      const tape = new Tape();
      const heap = new FirstFitHeap(tape, 0);
      const blocks = [8, 4, 8].map((size) => heap.allocate(size));
      const wall = heap.allocate(4);
      for (const i of order) heap.free(blocks[i]);
      expect(heap.allocate(20)).toBe(0);
      heap.free(0);
      heap.free(wall);
      expect(heap.allocate(28)).toBe(0); // the gap and what comes after it
      expect(tape.numbers.length).toBe(28);
    },
  );

  test('refuses to take back what it has not given', () => {
    const heap = new FirstFitHeap(new Tape(), 0);
    const block = heap.allocate(8);
    expect(() => heap.free(block + 4)).toThrow('Heap: there is no block at 4.');
    heap.free(block);
    expect(() => heap.free(block)).toThrow('Heap: there is no block at 0.');
  });

  test('keeps blocks apart, whatever is asked for', () => {
    const tape = new Tape();
    const heap = new FirstFitHeap(tape, 0);
    const rng = new Alea(1, 'heap');
    const blocks: { offset: number; size: number; mark: number }[] = [];
    let used = 0;
    let most = 0;
    for (let i = 1; i <= 3000; i++) {
      if (blocks.length < 20 && rng.below(2) === 0) {
        const size = 4 * (1 + rng.below(50));
        const offset = heap.allocate(size);
        const block = tape.numbers.subarray(offset, offset + size);
        expect(block.every((x) => x === 0)).toBe(true);
        block.fill(i);
        blocks.push({ offset, size, mark: i });
        used += size;
      } else if (blocks.length > 0) {
        const [{ offset, size, mark }] = blocks.splice(rng.below(blocks.length), 1);
        expect(tape.numbers.subarray(offset, offset + size).every((x) => x === mark)).toBe(true);
        heap.free(offset);
        used -= size;
      }
      expect(heap.used).toBe(used);
      most = Math.max(most, used);
    }
    expect(tape.numbers.length).toBeLessThan(2 * most);
  });
});
