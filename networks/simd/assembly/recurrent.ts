// Recurrent cells between their matrix products, four units at a time.

import { sigmoid, tanh } from './elementary';
import { at, multiplyAdd, storeFirst } from './lanes';

/** 1 − x. */
@inline
function complement(x: v128): v128 {
  return f32x4.sub(f32x4.splat(1), x);
}

/** σ′ where σ = s. */
@inline
function slopeOfSigmoid(s: v128): v128 {
  return f32x4.mul(s, complement(s));
}

/** tanh′ where tanh = t. */
@inline
function slopeOfTanh(t: v128): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(t, t));
}

export function lstmForward(
  batch: i32,
  units: i32,
  gates: i32,
  cell: i32,
  nextCell: i32,
  hidden: i32,
): void {
  const gate = at(units);
  for (let row = 0; row < batch; row++) {
    for (let u = 0; u < units; u += 4) {
      const left = units - u;
      const place = at(row * units + u);
      const first = at(gates + row * 4 * units + u);
      // All gates are read before one is written: a register reaches into the next one.
      const i = sigmoid(v128.load(first));
      const f = sigmoid(v128.load(first + gate));
      const g = tanh(v128.load(first + 2 * gate));
      const o = sigmoid(v128.load(first + 3 * gate));
      const c = multiplyAdd(f, v128.load(at(cell) + place), f32x4.mul(i, g));
      storeFirst(first, i, left);
      storeFirst(first + gate, f, left);
      storeFirst(first + 2 * gate, g, left);
      storeFirst(first + 3 * gate, o, left);
      storeFirst(at(nextCell) + place, c, left);
      storeFirst(at(hidden) + place, f32x4.mul(o, tanh(c)), left);
    }
  }
}

export function lstmBackward(
  batch: i32,
  units: i32,
  gates: i32,
  cell: i32,
  nextCell: i32,
  dHidden: i32,
  dCell: i32,
  dGates: i32,
): void {
  const gate = at(units);
  for (let row = 0; row < batch; row++) {
    for (let u = 0; u < units; u += 4) {
      const left = units - u;
      const place = at(row * units + u);
      const first = at(row * 4 * units + u);
      const source = at(gates) + first;
      const i = v128.load(source);
      const f = v128.load(source + gate);
      const g = v128.load(source + 2 * gate);
      const o = v128.load(source + 3 * gate);
      const squashed = tanh(v128.load(at(nextCell) + place));
      const dh = v128.load(at(dHidden) + place);
      const through = f32x4.mul(f32x4.mul(dh, o), slopeOfTanh(squashed));
      const dc = f32x4.add(v128.load(at(dCell) + place), through);
      const ofCell = f32x4.mul(dc, v128.load(at(cell) + place));
      const target = at(dGates) + first;
      storeFirst(target, f32x4.mul(f32x4.mul(dc, g), slopeOfSigmoid(i)), left);
      storeFirst(target + gate, f32x4.mul(ofCell, slopeOfSigmoid(f)), left);
      storeFirst(target + 2 * gate, f32x4.mul(f32x4.mul(dc, i), slopeOfTanh(g)), left);
      storeFirst(target + 3 * gate, f32x4.mul(f32x4.mul(dh, squashed), slopeOfSigmoid(o)), left);
      storeFirst(at(dCell) + place, f32x4.mul(dc, f), left);
    }
  }
}

export function gruForward(
  batch: i32,
  units: i32,
  gates: i32,
  recurrent: i32,
  hidden: i32,
  nextHidden: i32,
): void {
  const gate = at(units);
  for (let row = 0; row < batch; row++) {
    for (let u = 0; u < units; u += 4) {
      const left = units - u;
      const place = at(row * units + u);
      const first = at(row * 3 * units + u);
      const x = at(gates) + first;
      const h = at(recurrent) + first;
      const r = sigmoid(f32x4.add(v128.load(x), v128.load(h)));
      const z = sigmoid(f32x4.add(v128.load(x + gate), v128.load(h + gate)));
      const n = tanh(multiplyAdd(r, v128.load(h + 2 * gate), v128.load(x + 2 * gate)));
      const kept = f32x4.mul(z, v128.load(at(hidden) + place));
      storeFirst(x, r, left);
      storeFirst(x + gate, z, left);
      storeFirst(x + 2 * gate, n, left);
      storeFirst(at(nextHidden) + place, multiplyAdd(complement(z), n, kept), left);
    }
  }
}

export function gruBackward(
  batch: i32,
  units: i32,
  gates: i32,
  recurrent: i32,
  hidden: i32,
  dNextHidden: i32,
  dGates: i32,
  dRecurrent: i32,
  dHidden: i32,
): void {
  const gate = at(units);
  for (let row = 0; row < batch; row++) {
    for (let u = 0; u < units; u += 4) {
      const left = units - u;
      const place = at(row * units + u);
      const first = at(row * 3 * units + u);
      const source = at(gates) + first;
      const r = v128.load(source);
      const z = v128.load(source + gate);
      const n = v128.load(source + 2 * gate);
      const h = v128.load(at(recurrent) + first + 2 * gate);
      const dh = v128.load(at(dNextHidden) + place);
      const difference = f32x4.sub(v128.load(at(hidden) + place), n);
      const dn = f32x4.mul(f32x4.mul(dh, complement(z)), slopeOfTanh(n));
      const dr = f32x4.mul(f32x4.mul(dn, h), slopeOfSigmoid(r));
      const dz = f32x4.mul(f32x4.mul(dh, difference), slopeOfSigmoid(z));
      const x = at(dGates) + first;
      const y = at(dRecurrent) + first;
      storeFirst(x, dr, left);
      storeFirst(x + gate, dz, left);
      storeFirst(x + 2 * gate, dn, left);
      storeFirst(y, dr, left);
      storeFirst(y + gate, dz, left);
      storeFirst(y + 2 * gate, f32x4.mul(dn, r), left);
      storeFirst(at(dHidden) + place, f32x4.mul(dh, z), left);
    }
  }
}
