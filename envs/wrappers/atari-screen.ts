import { type AnyBox, box } from '../../core/space.ts';
import { AreaResizer, atariGrayscale, type ImageRow } from './image.ts';
import { requireImageObservations, scratchRow } from './require-image.ts';
import { checkImageSize } from './resize-observation.ts';
import type { Inner, InnerWorld } from './wrapper.ts';

/** What images are made of the frames of a game. */
export interface AtariScreenOptions {
  readonly screenSize: number | readonly number[];
  readonly grayscale: boolean;
  readonly keepChannel: boolean;
  readonly scale: boolean;
}

/** The screen of a game: takes frames, gray where that is wanted, and shows them resized. */
export class AtariScreen {
  /** Numbers of a frame, `[height × width × channels]`. */
  readonly size: number;
  /** What is shown. */
  readonly space: AnyBox;

  readonly #isScaled: boolean;
  readonly #observation: Float32Array;
  readonly #becomesGray: boolean;
  readonly #resizer: AreaResizer;

  /** @throws RangeError if the world shows no such frames, or the size is out of range. */
  constructor(wrapper: string, world: InnerWorld, options: AtariScreenOptions) {
    const { screenSize, grayscale, keepChannel, scale } = options;
    const shown = requireImageObservations(wrapper, world);
    const isGray = shown.channels === 1;
    if (!grayscale || !isGray) requireImageObservations(wrapper, world, true);
    const channels = grayscale ? 1 : 3;
    const [width, height] = checkImageSize(
      `${wrapper}: screenSize`,
      typeof screenSize === 'number' ? [screenSize, screenSize] : screenSize,
    );
    const shape = grayscale && !keepChannel ? [height, width] : [height, width, channels];
    this.size = shown.height * shown.width * channels;
    this.space = scale ? box(0, 1, { shape }) : box(0, 255, { shape, dtype: 'uint8' });
    this.#isScaled = scale;
    this.#observation = scratchRow(world);
    this.#becomesGray = grayscale && !isGray;
    this.#resizer = new AreaResizer({ ...shown, channels }, { height, width });
  }

  /** Writes the frame that the game shows now, `[size]`. */
  grab(inner: Inner, frame: Uint8Array): void {
    inner.observe(this.#observation);
    if (this.#becomesGray) atariGrayscale(this.#observation, frame);
    else frame.set(this.#observation);
  }

  /** Writes what is shown of a frame. */
  show(frame: ImageRow, observation: Float32Array): void {
    this.#resizer.resize(frame, observation);
    if (!this.#isScaled) return;
    for (let i = 0; i < observation.length; i++) observation[i] /= 255;
  }
}
