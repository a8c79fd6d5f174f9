/** For each new pixel along one side, which old pixels it is made of, and how much of each. */
export interface Spans {
  /** New pixels. */
  readonly count: number;
  /** New pixel i takes the entries `first[i]` … `first[i + 1]` − 1, `[count + 1]`. */
  readonly first: Int32Array;
  /** Old pixel of each entry. */
  readonly from: Int32Array;
  /** Its weight. */
  readonly weight: Float32Array;
}

// Shares of a pixel below this are left out.
const LEAST_SHARE = 1e-3;

/** Spans of at least one old pixel for each new one; weights add up to 1. */
export function areaSpans(oldSize: number, newSize: number): Spans {
  const scale = oldSize / newSize;
  const first: number[] = [];
  const from: number[] = [];
  const weight: number[] = [];
  const add = (pixel: number, share: number) => {
    from.push(pixel);
    weight.push(share);
  };
  for (let i = 0; i < newSize; i++) {
    first.push(from.length);
    const start = i * scale;
    const end = start + scale;
    const lastWhole = Math.floor(end);
    const firstWhole = Math.min(Math.ceil(start), lastWhole);
    if (firstWhole - start > LEAST_SHARE) add(firstWhole - 1, (firstWhole - start) / scale);
    for (let pixel = firstWhole; pixel < lastWhole; pixel++) add(pixel, 1 / scale);
    if (end - lastWhole > LEAST_SHARE) add(lastWhole, (end - lastWhole) / scale);
  }
  first.push(from.length);
  return spans(newSize, first, from, weight);
}

// Weights of linear spans are whole multiples of 1 / 2048.
const WEIGHT_STEPS = 2048;

/**
 * Two old pixels for each new one: the one that it begins in, and the next, which has a share where
 * the new pixel reaches into it. Weights are in 1/2048.
 */
export function linearSpans(oldSize: number, newSize: number): Spans {
  const inverse = newSize / oldSize;
  const scale = 1 / inverse; // rounded twice, as in OpenCV: pixels begin elsewhere with oldSize / newSize
  const from: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i < newSize; i++) {
    const pixel = Math.floor(i * scale);
    const reach = Math.fround(i + 1 - (pixel + 1) * inverse);
    const share = reach <= 0 ? 0 : Math.fround(reach - Math.floor(reach));
    from.push(pixel, Math.min(pixel + 1, oldSize - 1));
    weight.push(
      roundToEven(Math.fround(Math.fround(1 - share) * WEIGHT_STEPS)),
      roundToEven(Math.fround(share * WEIGHT_STEPS)),
    );
  }
  const first = Array.from({ length: newSize + 1 }, (_, i) => 2 * i);
  return spans(newSize, first, from, weight);
}

/** The nearest integer; the even one where two are as near. `x` at least 0. */
export function roundToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

function spans(count: number, first: number[], from: number[], weight: number[]): Spans {
  return {
    count,
    first: Int32Array.from(first),
    from: Int32Array.from(from),
    weight: Float32Array.from(weight),
  };
}
