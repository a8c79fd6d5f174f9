import type { Color, Shape, ShapesScene } from '../../core/scene.ts';

/** What a world of steps in a row looks like. */
export interface ChainPicture {
  /** Steps from the start to the end. */
  readonly length: number;
  /** Steps taken. */
  readonly position: number;
  /** Written above the chain, one below the other; at most three lines. */
  readonly lines: readonly { readonly text: string; readonly color: Color }[];
  readonly caption: string;
}

const LEFT = 0.5;
const RIGHT = 9.5;
const HEIGHT = 0.8; // of the chain above the bottom

/** A line from the start to the end with a mark for each step, the agent on it, and words above. */
export function chainScene({ length, position, lines, caption }: ChainPicture): ShapesScene {
  const x = (step: number) => LEFT + ((RIGHT - LEFT) * step) / length;
  const mark = Math.min(0.1, (RIGHT - LEFT) / length / 4);
  const marks = Array.from({ length: length + 1 }, (_, step): Shape => {
    const color = step === length ? 'goal' : 'line';
    return { kind: 'circle', x: x(step), y: HEIGHT, radius: step === length ? 0.2 : mark, color };
  });
  const words = lines.map(({ text, color }, i): Shape => {
    return { kind: 'text', x: 5, y: 3.5 - 0.8 * i, text, size: 0.5, color };
  });
  return {
    kind: 'shapes',
    view: { left: 0, bottom: 0, width: 10, height: 4 },
    shapes: [
      { kind: 'line', points: [LEFT, HEIGHT, RIGHT, HEIGHT], width: 0.04, color: 'line' },
      ...marks,
      { kind: 'circle', x: x(position), y: HEIGHT, radius: 0.16, color: 'agent' },
      ...words,
    ],
    caption,
  };
}
