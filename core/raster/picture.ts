import { checkInteger, checkLength } from '../check.ts';

/** A picture in memory. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, `[height × width × 3]`, row-major. */
  readonly pixels: Uint8Array;
}

/** Most pixels along one side of a picture. */
export const MOST_PIXELS = 8192;

/**
 * A black picture.
 *
 * @param width 1 … 8192, as `height`.
 * @throws RangeError if the size is out of range.
 */
export function createPicture(width: number, height: number): Picture {
  checkInteger('createPicture: width', width, 1, MOST_PIXELS);
  checkInteger('createPicture: height', height, 1, MOST_PIXELS);
  return { width, height, pixels: new Uint8Array(3 * width * height) };
}

/** @throws RangeError if there are not three numbers for each pixel. */
export function checkPicture(where: string, { width, height, pixels }: Picture): void {
  checkInteger(`${where}: width`, width, 1, MOST_PIXELS);
  checkInteger(`${where}: height`, height, 1, MOST_PIXELS);
  checkLength(`${where}: pixels`, pixels, 3 * width * height);
}
