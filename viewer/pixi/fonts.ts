import { BitmapFont } from 'pixi.js';

const FAMILY = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';
const CHARACTERS = '0123456789.−–∞eSABCDEFGHIJKLMNOPQRTUVWXYZabcdfghijklmnopqrstuvwxyz ';
const installed = new Set<string>();

/** A font of ready-made letters, drawn once per size, so that they are as sharp as the screen. */
export interface PaneFont {
  readonly name: string;
  readonly size: number;
}

/**
 * The font nearest to a size.
 *
 * @param resolution Device pixels per CSS pixel.
 */
export function paneFont(size: number, bold: boolean, resolution: number): PaneFont {
  const whole = Math.max(6, Math.round(size > 40 ? size / 8 : size) * (size > 40 ? 8 : 1));
  const name = `pane-${whole}-${bold ? 'bold' : 'plain'}-${resolution}`;
  if (!installed.has(name)) {
    const style = {
      fontFamily: FAMILY,
      fontSize: whole,
      fontWeight: bold ? ('bold' as const) : ('normal' as const),
      fill: 0xffffff,
    };
    BitmapFont.install({ name, style, chars: CHARACTERS, resolution, dynamicFill: true });
    installed.add(name);
  }
  return { name, size: whole };
}
