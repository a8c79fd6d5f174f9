import type { ImageScene, ScreenScene } from '../scene.ts';
import type { Picture } from './picture.ts';
import { colorNumber, type RasterTheme } from './theme.ts';

/** Draws a screen as large as the picture allows, in its middle; a wrong index is black. */
export function drawScreen(picture: Picture, scene: ScreenScene, theme: RasterTheme): void {
  const palette = scene.palette.map((color) => colorNumber(color, theme));
  enlarge(picture, scene, (source, target) => {
    const color = palette[scene.pixels[source]] ?? 0;
    picture.pixels[target] = color >> 16;
    picture.pixels[target + 1] = (color >> 8) & 255;
    picture.pixels[target + 2] = color & 255;
  });
}

/** Draws an image as large as the picture allows, in its middle. */
export function drawImage(picture: Picture, scene: ImageScene): void {
  enlarge(picture, scene, (source, target) => {
    for (let channel = 0; channel < 3; channel++) {
      picture.pixels[target + channel] = scene.pixels[3 * source + channel];
    }
  });
}

/** Calls `copy` for each pixel inside with the nearest one of the source, and its own offset. */
function enlarge(
  { width, height }: Picture,
  source: { readonly width: number; readonly height: number },
  copy: (source: number, target: number) => void,
): void {
  const exact = Math.min(width / source.width, height / source.height);
  const scale = exact >= 1 ? Math.floor(exact) : exact;
  const innerWidth = Math.min(width, Math.max(1, Math.round(source.width * scale)));
  const innerHeight = Math.min(height, Math.max(1, Math.round(source.height * scale)));
  const left = Math.floor((width - innerWidth) / 2);
  const top = Math.floor((height - innerHeight) / 2);
  for (let y = 0; y < innerHeight; y++) {
    const row = Math.floor((y * source.height) / innerHeight);
    for (let x = 0; x < innerWidth; x++) {
      const column = Math.floor((x * source.width) / innerWidth);
      copy(row * source.width + column, 3 * ((top + y) * width + left + x));
    }
  }
}
