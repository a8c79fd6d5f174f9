import type { ImageScene, ScreenScene } from '../../core/scene.ts';
import { hexToRgb } from '../color/rgb.ts';
import { resolveColor, type SceneTheme } from '../color/theme.ts';
import { fitWhole, marginOf } from './fit.ts';
import type { Mark, Size } from './mark.ts';

/**
 * The screen or image as one picture in a thin frame, its pixels enlarged by a whole factor if they
 * can be.
 */
export function screenMarks(
  scene: ScreenScene | ImageScene,
  pane: Size,
  theme: SceneTheme,
): Mark[] {
  const screen = screenMark(scene, pane, theme);
  const { x, y } = screen;
  const [width, height] = [screen.width + 2, screen.height + 2];
  const color = theme.roles.muted;
  return [{ kind: 'rectangle', role: 'frame', x, y, width, height, color }, screen];
}

function screenMark(
  scene: ScreenScene | ImageScene,
  pane: Size,
  theme: SceneTheme,
): Mark & { readonly kind: 'image' } {
  const { width, height } = scene;
  const { scale } = fitWhole({ width, height }, pane, marginOf(pane));
  return {
    kind: 'image',
    role: 'screen',
    label: scene.caption ?? `${scene.kind} of ${width} × ${height} pixels`,
    x: Math.round(pane.width / 2),
    y: Math.round(pane.height / 2),
    width: width * scale,
    height: height * scale,
    color: theme.roles.background,
    columns: width,
    rows: height,
    pixels: scene.kind === 'image' ? imagePixels(scene) : screenPixels(scene, theme),
  };
}

/** Palette indices as red, green, blue, alpha, `[height × width × 4]`; a wrong index is black. */
export function screenPixels(scene: ScreenScene, theme: SceneTheme): Uint8Array {
  const palette = scene.palette.map((color) => hexToRgb(resolveColor(color, theme)));
  const pixels = new Uint8Array(scene.width * scene.height * 4);
  for (let i = 0; i < scene.width * scene.height; i++) {
    const [red, green, blue] = palette[scene.pixels[i]] ?? [0, 0, 0];
    pixels.set([red, green, blue, 255], i * 4);
  }
  return pixels;
}

/** Red, green and blue with alpha beside them, `[height × width × 4]`. */
export function imagePixels({ width, height, pixels: colors }: ImageScene): Uint8Array {
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[4 * i + channel] = colors[3 * i + channel];
    }
  }
  return pixels;
}
