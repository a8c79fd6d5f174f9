import type { LayerPlan } from '../plan.ts';
import { AffineRun } from './affine-run.ts';
import type { LayerRun, Pass, Region, Wires, Workshop } from './run.ts';
import type { SelfAttention } from './self-attention.ts';
import { sequenceOf } from './sequence.ts';

/** The affine maps of attention, in the order of their parameters. */
export const MAPS = ['query', 'key', 'value', 'output'] as const;

/** Numbers of each row and the loss's gradient with respect to them. */
interface Signal {
  readonly output: Region;
  readonly outputGradient: Region;
}

/** Self-attention at work: matrices of a row and a head are columns of `[positions × features]`. */
export class AttentionRun implements LayerRun {
  readonly #positions: number;
  readonly #features: number;
  readonly #heads: number;
  readonly #width: number; // features of a head
  readonly #scale: number; // 1 / √width
  readonly #causal: number;

  readonly #query: Signal;
  readonly #key: Signal;
  readonly #value: Signal;
  readonly #context: Signal; // what each position got to see, all heads side by side
  readonly #weights: Region; // softmax(Q Kᵀ / √width), [heads × positions × positions] a row
  readonly #weightsGradient: Region; // of one head, [positions × positions]

  readonly #inputMaps: readonly AffineRun[]; // of query, key and value
  readonly #outputMap: AffineRun;
  readonly #partGradient: Region; // ∂loss/∂input through the key or the value alone
  readonly #wires: Wires;
  readonly #workshop: Workshop;

  constructor(plan: LayerPlan<SelfAttention>, wires: Wires, workshop: Workshop) {
    const { positions, features } = sequenceOf(plan.input);
    const { heads, causal } = plan.layer;
    this.#positions = positions;
    this.#features = features;
    this.#heads = heads;
    this.#width = features / heads;
    this.#scale = 1 / Math.sqrt(this.#width);
    this.#causal = causal ? 1 : 0;
    this.#wires = wires;
    this.#workshop = workshop;

    const size = positions * features;
    const signal = () => ({ output: workshop.perRow(size), outputGradient: workshop.perRow(size) });
    this.#query = signal();
    this.#key = signal();
    this.#value = signal();
    this.#context = signal();
    this.#weights = workshop.perRow(heads * positions * positions);
    this.#weightsGradient = workshop.fixed(positions * positions);
    this.#partGradient = workshop.perRow(wires.inputGradient === null ? 0 : size);

    const part = wires.inputGradient === null ? null : this.#partGradient;
    this.#inputMaps = [
      this.#map(plan, 'query', { ...wires, ...this.#query }),
      this.#map(plan, 'key', { ...wires, ...this.#key, inputGradient: part }),
      this.#map(plan, 'value', { ...wires, ...this.#value, inputGradient: part }),
    ];
    const { output: input, outputGradient: inputGradient } = this.#context;
    this.#outputMap = this.#map(plan, 'output', { ...wires, input, inputGradient });
  }

  forward(pass: Pass): void {
    for (let i = 0; i < this.#inputMaps.length; i++) this.#inputMaps[i].forward(pass);
    this.#compare(pass.rows);
    this.#collect(pass.rows);
    this.#outputMap.forward(pass);
  }

  backward(pass: Pass): void {
    this.#outputMap.backward(pass);
    for (let head = 0; head < pass.rows * this.#heads; head++) this.#backwardOf(head);
    for (let i = 0; i < this.#inputMaps.length; i++) {
      this.#inputMaps[i].backward(pass);
      if (i > 0) this.#addPartGradient(pass.rows);
    }
  }

  #map({ parameters }: LayerPlan, name: (typeof MAPS)[number], wires: Wires): AffineRun {
    const own = { weights: parameters[`${name}Weights`], bias: parameters[`${name}Bias`] };
    const plan = { layer: { activation: 'linear', bias: true }, parameters: own } as const;
    return new AffineRun(plan, this.#positions, wires, this.#workshop);
  }

  /** Weights = softmax(Q Kᵀ / √width), head by head. */
  #compare(rows: number): void {
    const { kernels } = this.#workshop;
    const n = this.#positions;
    const stride = this.#features;
    for (let head = 0; head < rows * this.#heads; head++) {
      const q = this.#query.output.offset + this.#columnsOf(head);
      const k = this.#key.output.offset + this.#columnsOf(head);
      const weights = this.#weights.offset + head * n * n;
      kernels.multiplyByTransposed(n, n, this.#width, q, stride, k, stride, weights, n, 0);
    }
    const { offset } = this.#weights;
    kernels.softmax(rows * this.#heads * n, n, this.#scale, this.#causal, offset, offset);
  }

  /** Context = weights · V, head by head. */
  #collect(rows: number): void {
    const { kernels } = this.#workshop;
    const n = this.#positions;
    const stride = this.#features;
    for (let head = 0; head < rows * this.#heads; head++) {
      const v = this.#value.output.offset + this.#columnsOf(head);
      const context = this.#context.output.offset + this.#columnsOf(head);
      const weights = this.#weights.offset + head * n * n;
      kernels.multiply(n, this.#width, n, weights, n, v, stride, context, stride, 0);
    }
  }

  /** From the context's gradient of one row and head to those of Q, K and V. */
  #backwardOf(head: number): void {
    const { kernels } = this.#workshop;
    const n = this.#positions;
    const d = this.#width;
    const stride = this.#features;
    const at = this.#columnsOf(head);
    const q = this.#query.output.offset + at;
    const k = this.#key.output.offset + at;
    const v = this.#value.output.offset + at;
    const dq = this.#query.outputGradient.offset + at;
    const dk = this.#key.outputGradient.offset + at;
    const dv = this.#value.outputGradient.offset + at;
    const dContext = this.#context.outputGradient.offset + at;
    const weights = this.#weights.offset + head * n * n;
    const ds = this.#weightsGradient.offset;
    kernels.multiplyTransposed(n, d, n, weights, n, dContext, stride, dv, stride, 0);
    kernels.multiplyByTransposed(n, n, d, dContext, stride, v, stride, ds, n, 0);
    kernels.softmaxBackward(n, n, this.#scale, weights, ds, ds);
    kernels.multiply(n, d, n, ds, n, k, stride, dq, stride, 0);
    kernels.multiplyTransposed(n, d, n, ds, n, q, stride, dk, stride, 0);
  }

  #addPartGradient(rows: number): void {
    const { inputGradient } = this.#wires;
    if (inputGradient === null) return;
    const n = rows * this.#positions * this.#features;
    this.#workshop.kernels.addScaled(1, this.#partGradient.offset, inputGradient.offset, n);
  }

  /** Of a row's head, counted through all rows: its first number in `[positions × features]`. */
  #columnsOf(head: number): number {
    const row = Math.floor(head / this.#heads);
    return row * this.#positions * this.#features + (head % this.#heads) * this.#width;
  }
}
