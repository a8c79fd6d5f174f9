import { sceneProblem } from '../../core/check-scene.ts';
import type { Scene } from '../../core/scene.ts';

/**
 * The scene that recorded data describe.
 *
 * A screen's pixels are bytes in memory, and a list of numbers in JSON.
 *
 * @returns `null` unless every part is there, in range and of a size that can be drawn.
 */
export function checkScene(value: unknown): Scene | null {
  if (sceneProblem(value) !== null) return null;
  const scene = value as Scene;
  if (!('pixels' in scene) || scene.pixels instanceof Uint8Array) return scene;
  return { ...scene, pixels: Uint8Array.from(scene.pixels as ArrayLike<number>) };
}
