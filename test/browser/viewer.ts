import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { ViewerHook } from '../../viewer/app/hook.ts';
import type { DrawnMark } from '../../viewer/pixi/read-back.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Folder of the built viewer, from `build-viewer.ts`. */
export const VIEWER_FOLDER: string = process.env.PALAESTRA_VIEWER ?? at('dist/viewer');

const SCREENSHOTS = at('test-output/screenshots');

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-swiftshader',
];

/** Starts the system's Chromium. */
export function launch(extra: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.PALAESTRA_CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...extra] });
}

/** A page of the viewer, and everything that went wrong on it. */
export class ViewerPage {
  readonly page: Page;
  /** Errors of the console, of scripts, and violations of the content security policy. */
  readonly problems: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      const driver = message.text().includes('GL Driver Message'); // reading pixels back is slow
      if (['error', 'warning'].includes(message.type()) && !driver) {
        this.problems.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.problems.push(String(error)));
  }

  /** Opens an address in a new window of its own. */
  static async open(
    browser: Browser,
    url: string,
    options: BrowserContextOptions = {},
  ): Promise<ViewerPage> {
    const viewport = { width: 1280, height: 800 };
    const context = await browser.newContext({ viewport, colorScheme: 'light', ...options });
    const page = new ViewerPage(await context.newPage());
    await page.page.goto(url);
    return page;
  }

  /** Waits until a recording is open and the pane is there. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(
      () => (window.palaestraViewer?.state().opening ?? '') === 'open',
    );
    await this.page.waitForFunction(() => window.palaestraViewer?.state().renderer !== null);
    await this.settled();
  }

  /** Waits until what has changed is drawn. */
  async settled(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 30)));
        }),
    );
  }

  /** Presses a key and waits for the picture. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    await this.settled();
  }

  /** The state of the view. */
  async state(): Promise<ReturnType<ViewerHook['state']>> {
    const state = await this.page.evaluate(() => window.palaestraViewer?.state());
    if (state === undefined) throw new Error('the page must have a viewer');
    return state;
  }

  /** What is drawn, of one role or all. */
  async drawn(role?: string): Promise<DrawnMark[]> {
    const marks = await this.page.evaluate(() => window.palaestraViewer?.drawn() ?? []);
    return role === undefined ? marks : marks.filter((mark) => mark.role === role);
  }

  /** Colors of the pane at some points, as Pixi has drawn them: `[red, green, blue]`. */
  async pixels(points: readonly { x: number; y: number }[]): Promise<number[][]> {
    return this.page.evaluate((wanted) => {
      const picture = window.palaestraViewer?.extractPixels();
      if (!picture) return [];
      return wanted.map(({ x, y }) => {
        const first = (Math.round(y) * picture.width + Math.round(x)) * 4;
        return [...picture.pixels.slice(first, first + 3)];
      });
    }, points);
  }

  /** How many different colors the pane shows. */
  async numColors(): Promise<number> {
    return this.page.evaluate(() => {
      const picture = window.palaestraViewer?.extractPixels();
      if (!picture) return 0;
      const { buffer, byteOffset, byteLength } = picture.pixels;
      return new Set(new Uint32Array(buffer.slice(byteOffset, byteOffset + byteLength))).size;
    });
  }

  /** The fragment of the address, once the last change has been written. */
  async fragment(): Promise<string> {
    await this.page.waitForTimeout(150);
    return new URL(this.page.url()).hash;
  }

  /** Keeps a picture of the page for people. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.settled();
    await this.page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
  }

  /** Closes the window. */
  async close(): Promise<void> {
    await this.page.context().close();
  }
}
