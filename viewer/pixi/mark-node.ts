import { BitmapText, BufferImageSource, type Container, Graphics, Sprite, Texture } from 'pixi.js';
import type { Mark } from '../scene/mark.ts';
import { paneFont } from './fonts.ts';

/** A mark as Pixi draws it. */
export interface MarkNode {
  mark: Mark;
  readonly node: Container;
}

/** Makes the object that draws a mark. */
export function createNode(mark: Mark, resolution: number): MarkNode {
  const node = build(mark, resolution);
  place(node, mark);
  return { mark, node };
}

/**
 * Lets an object draw another mark, if it is of the same form.
 *
 * @returns false where it is not: make a new one then.
 */
export function updateNode(target: MarkNode, mark: Mark): boolean {
  if (target.mark === mark) return true;
  if (!sameForm(target.mark, mark)) return false;
  if (mark.kind === 'text') (target.node as BitmapText).text = mark.text;
  if (mark.kind === 'image') updatePixels(target.node as Sprite, mark);
  place(target.node, mark);
  target.mark = mark;
  return true;
}

/** Frees what an object holds on the graphics card. */
export function destroyNode({ mark, node }: MarkNode): void {
  node.destroy(mark.kind === 'image' ? { texture: true, textureSource: true } : undefined);
}

// What `place` and `updateNode` set anew; all else makes the form.
const FREE = new Set(['x', 'y', 'rotation', 'alpha', 'color', 'text', 'pixels', 'label', 'role']);

function sameForm(one: Mark, other: Mark): boolean {
  const keys = Object.keys(one) as (keyof Mark)[];
  if (one.kind !== other.kind || keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => FREE.has(key) || sameValue(one[key], other[key]));
}

function sameValue(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, i) => item === other[i]);
}

function place(node: Container, mark: Mark): void {
  node.position.set(mark.x, mark.y);
  node.rotation = mark.kind === 'rectangle' ? (mark.rotation ?? 0) : 0;
  node.alpha = mark.alpha ?? 1;
  if (mark.kind !== 'image') node.tint = mark.color;
}

function build(mark: Mark, resolution: number): Container {
  switch (mark.kind) {
    case 'rectangle':
      return rectangle(mark).fill(0xffffff);
    case 'circle':
      return new Graphics().circle(0, 0, mark.radius).fill(0xffffff);
    case 'polygon':
      return new Graphics().poly([...mark.points]).fill(0xffffff);
    case 'line':
      return line(mark);
    case 'text':
      return text(mark, resolution);
    case 'image':
      return image(mark);
  }
}

function rectangle({ width, height, radius = 0 }: Mark & { kind: 'rectangle' }): Graphics {
  const [left, top] = [-width / 2, -height / 2];
  const shape = new Graphics();
  if (radius <= 0) return shape.rect(left, top, width, height);
  return shape.roundRect(left, top, width, height, radius);
}

function line({ points, width }: Mark & { kind: 'line' }): Graphics {
  const shape = new Graphics();
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (i === 0) shape.moveTo(points[0], points[1]);
    else shape.lineTo(points[i], points[i + 1]);
  }
  return shape.stroke({ width, color: 0xffffff, cap: 'round', join: 'round' });
}

function text(mark: Mark & { kind: 'text' }, resolution: number): BitmapText {
  const font = paneFont(mark.size, mark.bold ?? false, resolution);
  const style = { fontFamily: font.name, fontSize: font.size, fill: 0xffffff };
  return new BitmapText({ text: mark.text, style, anchor: 0.5, roundPixels: true });
}

function image(mark: Mark & { kind: 'image' }): Sprite {
  const source = new BufferImageSource({
    resource: mark.pixels.slice(),
    width: mark.columns,
    height: mark.rows,
    format: 'rgba8unorm',
    scaleMode: 'nearest',
    alphaMode: 'no-premultiply-alpha',
  });
  const sprite = new Sprite({ texture: new Texture({ source }), anchor: 0.5 });
  sprite.setSize(mark.width, mark.height);
  return sprite;
}

function updatePixels(sprite: Sprite, mark: Mark & { kind: 'image' }): void {
  const { source } = sprite.texture;
  source.resource.set(mark.pixels);
  source.update();
}
