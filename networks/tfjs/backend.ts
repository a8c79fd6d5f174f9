import type { BackendName } from './backend-names.ts';
import type { Tensor, TensorFlow } from './tensorflow.ts';

/** What a backend works on. */
export type Device = Pick<Backend, 'description' | 'isGpu'>;

/** TensorFlow.js at work in one place. */
export class Backend {
  readonly name: BackendName;
  readonly tf: TensorFlow;
  /** What is at work there, for people: versions and device. */
  readonly description: string;
  /** Whether that is a graphics processor, and not a program that plays one. */
  readonly isGpu: boolean;
  /** Whether results are there at once. If not, only a `Learner` can wait for them. */
  readonly isSynchronous: boolean;
  readonly #registered: string;
  readonly #release: () => void;

  /** @param release Called by `dispose`. */
  constructor(
    name: BackendName,
    tf: TensorFlow,
    { description, isGpu }: Device,
    release: () => void = () => {},
  ) {
    this.name = name;
    this.tf = tf;
    this.description = description;
    this.isGpu = isGpu;
    this.isSynchronous = name !== 'webgpu' && name !== 'webgl';
    this.#registered = registeredName(name);
    this.#release = release;
  }

  /** Runs operations here, and gives back the memory of all tensors but those that it returns. */
  tidy<T extends Tensor | readonly Tensor[] | undefined>(run: () => T): T {
    this.#enter();
    return this.tf.tidy(run as () => Tensor) as T;
  }

  /** Numbers of a tensor, which is given back. @throws Error if the backend answers later. */
  take(tensor: Tensor): Float32Array {
    this.#enter();
    const numbers = tensor.dataSync<'float32'>();
    tensor.dispose();
    return numbers;
  }

  /** Numbers of a tensor, which is given back, once they are there. */
  async takeLater(tensor: Tensor): Promise<Float32Array> {
    this.#enter();
    const numbers = await tensor.data<'float32'>();
    tensor.dispose();
    return numbers;
  }

  /** Lets go of the device. Its networks are not to be used any more. */
  dispose(): void {
    this.#release();
  }

  /** TensorFlow.js has one backend at a time for all. */
  #enter(): void {
    const { tf } = this;
    // Takes effect at once where the backend has been started before, which it has.
    if (tf.getBackend() !== this.#registered) void tf.setBackend(this.#registered);
  }
}

/** The name under which TensorFlow.js knows a backend. */
export function registeredName(name: BackendName): string {
  return name === 'tfjs-node' || name === 'tfjs-node-gpu' ? 'tensorflow' : name;
}

/** A device whose name is known: programs that play a graphics processor are told by it. */
export function namedDevice(kind: string, name: string): Device {
  const isSoftware = /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(name);
  return { description: `${kind} on ${name}`, isGpu: !isSoftware };
}
