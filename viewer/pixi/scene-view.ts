// `unsafe-eval` replaces the code that Pixi would generate by plain functions, as a strict content
// security policy wants. Pixi's extensions for browsers (events, accessibility, filters, assets)
// are not loaded: the viewer has its own. Imported here, beside code, so that no bundler drops them.
import 'pixi.js/unsafe-eval';
import 'pixi.js/graphics';
import 'pixi.js/text-bitmap';
import { autoDetectRenderer, Container, type Renderer, Ticker } from 'pixi.js';
import type { Hex } from '../color/rgb.ts';
import type { Layer, Size } from '../scene/mark.ts';
import { createNode, destroyNode, type MarkNode, updateNode } from './mark-node.ts';
import { type DrawnMark, type PanePixels, readMarks, readPixels } from './read-back.ts';

/** A pane that scenes are drawn on. Nothing runs between two calls of `draw`. */
export interface SceneView {
  readonly canvas: HTMLCanvasElement;
  /** How it draws: `webgl`, or `canvas` where there is no WebGL. */
  readonly renderer: string;
  /** Fits the pane to a size in CSS pixels. */
  resize(size: Size): void;
  /** Draws the layers, lowest first; what has not changed since the last call is kept. */
  draw(layers: readonly Layer[], background: Hex): void;
  /** What is on the pane now, read back from the drawn objects. */
  drawn(): DrawnMark[];
  /** The pane's pixels, `[height × width × 4]`. */
  extractPixels(): PanePixels;
  /** Frees the graphics card's memory and takes the canvas out of the page. */
  destroy(): void;
}

/** How a pane is made. */
export interface SceneViewOptions {
  /** Device pixels per CSS pixel. Default: the screen's. */
  readonly resolution?: number;
}

/**
 * Makes a pane inside an element.
 *
 * Pixi's own ticker (`Ticker.system`) is kept from starting by itself: it would ask for every frame
 * though nothing moves.
 *
 * @param host Receives a canvas; its size decides the pane's.
 * @throws Error if the browser can draw neither with WebGL nor on a plain canvas.
 */
export async function createSceneView(
  host: HTMLElement,
  options: SceneViewOptions = {},
): Promise<SceneView> {
  const resolution = options.resolution ?? Math.max(1, window.devicePixelRatio);
  Ticker.system.autoStart = false; // `draw` drives it instead
  const renderer = await autoDetectRenderer({
    preference: ['webgl', 'canvas'],
    width: Math.max(1, host.clientWidth),
    height: Math.max(1, host.clientHeight),
    resolution,
    autoDensity: true,
    antialias: true,
    preserveDrawingBuffer: false,
    skipExtensionImports: true,
  });
  host.append(renderer.canvas);
  return new PixiSceneView(renderer, resolution);
}

class PixiSceneView implements SceneView {
  readonly canvas: HTMLCanvasElement;
  readonly #renderer: Renderer;
  readonly #resolution: number;
  readonly #stage = new Container();
  readonly #layers = new Map<string, DrawnLayer>();

  constructor(renderer: Renderer, resolution: number) {
    this.#renderer = renderer;
    this.#resolution = resolution;
    this.canvas = renderer.canvas;
  }

  get renderer(): string {
    return this.#renderer.name;
  }

  resize(size: Size): void {
    this.#renderer.resize(Math.max(1, size.width), Math.max(1, size.height));
  }

  draw(layers: readonly Layer[], background: Hex): void {
    const wanted = new Set(layers.map((layer) => layer.name));
    for (const [name, layer] of this.#layers) if (!wanted.has(name)) layer.draw([], 1);
    layers.forEach((layer, index) => {
      const drawn = this.#layer(layer.name);
      this.#stage.setChildIndex(drawn.container, index);
      drawn.draw(layer.marks, this.#resolution);
    });
    this.#renderer.background.color = background;
    this.#renderer.render(this.#stage);
    Ticker.system.update();
  }

  drawn(): DrawnMark[] {
    const layers = [...this.#layers].sort(
      ([, a], [, b]) =>
        this.#stage.getChildIndex(a.container) - this.#stage.getChildIndex(b.container),
    );
    return layers.flatMap(([name, layer]) => readMarks(name, layer.nodes));
  }

  extractPixels(): PanePixels {
    return readPixels(this.#renderer, this.#stage);
  }

  destroy(): void {
    for (const layer of this.#layers.values()) layer.draw([], 1);
    this.#stage.destroy({ children: true });
    this.#renderer.destroy({ removeView: true });
  }

  #layer(name: string): DrawnLayer {
    const known = this.#layers.get(name);
    if (known !== undefined) return known;
    const layer = new DrawnLayer();
    this.#layers.set(name, layer);
    this.#stage.addChild(layer.container);
    return layer;
  }
}

/** The objects of a layer, each kept as long as its mark keeps its form. */
class DrawnLayer {
  readonly container = new Container();
  readonly nodes: MarkNode[] = [];

  draw(marks: Layer['marks'], resolution: number): void {
    marks.forEach((mark, index) => {
      const node = this.nodes[index];
      if (node !== undefined && updateNode(node, mark)) return;
      const made = createNode(mark, resolution);
      if (node === undefined) this.container.addChild(made.node);
      else this.#replace(index, node, made);
      this.nodes[index] = made;
    });
    for (const node of this.nodes.splice(marks.length)) destroyNode(node);
  }

  #replace(index: number, old: MarkNode, made: MarkNode): void {
    this.container.addChildAt(made.node, index);
    destroyNode(old);
  }
}
