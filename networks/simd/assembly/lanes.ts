// Four float32 at a time, and what the instruction set lacks for them.

/** Bytes of a number, and of a register of four. */
export const NUMBER: usize = 4;
export const VECTOR: usize = 16;

/** Where the number with this index is in memory. */
@inline
export function at(index: i32): usize {
  return (<usize>index) << 2;
}

/** sum + a · b: rounded once where the build may fuse the two, else twice. */
@inline
export function multiplyAdd(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** Writes the first `count` lanes, 1 to 4. */
@inline
export function storeFirst(target: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(target, value);
  } else if (count == 3) {
    v128.store64_lane(target, value, 0);
    v128.store32_lane(target, value, 2, 8);
  } else if (count == 2) {
    v128.store64_lane(target, value, 0);
  } else {
    v128.store32_lane(target, value, 0);
  }
}

const MASKS: usize = memory.data<i32>([-1, -1, -1, -1, 0, 0, 0, 0], 16);

/** All bits in the first `count` lanes, 0 to 4. */
@inline
export function firstLanes(count: i32): v128 {
  return v128.load(MASKS + VECTOR - at(count));
}

/** The sums of four registers' lanes, as one register: (a₀+a₂)+(a₁+a₃), … */
@inline
export function sumEach(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(
    v128.shuffle<f32>(a, b, 0, 4, 1, 5),
    v128.shuffle<f32>(a, b, 2, 6, 3, 7),
  ); // a₀+a₂, b₀+b₂, a₁+a₃, b₁+b₃
  const cd = f32x4.add(
    v128.shuffle<f32>(c, d, 0, 4, 1, 5),
    v128.shuffle<f32>(c, d, 2, 6, 3, 7),
  );
  return f32x4.add(
    v128.shuffle<f32>(ab, cd, 0, 1, 4, 5),
    v128.shuffle<f32>(ab, cd, 2, 3, 6, 7),
  );
}

/** All lanes in one: (x₀ + x₂) + (x₁ + x₃). */
@inline
export function sumOf(x: v128): f32 {
  const halves = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 2, 3));
  return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
}
