import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fflate from 'fflate';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startViewerServer, type ViewerServer } from '../../node/server/viewer-server.ts';
import { fflateCodec } from '../../training/recording/codec.ts';
import { openRecording } from '../../training/recording/reader.ts';
import type { Episode } from '../../training/recording/recording.ts';
import { bytesSource } from '../../training/zip/byte-source.ts';
import { makeRuns, type Runs } from './runs.ts';
import { launch, VIEWER_FOLDER, ViewerPage } from './viewer.ts';

/** Runs, the server that serves them, and a browser to look at them. */
export interface Stage {
  readonly runs: Runs;
  readonly server: ViewerServer;
  readonly browser: Browser;
  /** Opens a recording at a view, and waits until it is drawn. */
  watch(src: string, view?: string, options?: BrowserContextOptions): Promise<ViewerPage>;
  /** Opens any address of the application: a query and a view. */
  open(query: string, view?: string, options?: BrowserContextOptions): Promise<ViewerPage>;
  /** What a recording really holds. */
  episode(src: string, index?: number): Promise<Episode>;
  close(): Promise<void>;
}

/** Trains the runs, serves them and opens a browser. */
export async function setStage(): Promise<Stage> {
  const runs = makeRuns();
  const { root } = runs;
  const server = await startViewerServer({
    root,
    port: 0,
    viewerFolder: VIEWER_FOLDER,
    pollEvery: 50,
  });
  const browser = await launch();
  const open: Stage['open'] = (query, view = '', options = {}) => {
    const address = `http://127.0.0.1:${server.port}/${query}#k=${server.token}&${view}`;
    return ViewerPage.open(browser, address, options);
  };
  return {
    runs,
    server,
    browser,
    open,
    async watch(src, view = '', options = {}) {
      const page = await open(`?src=${src}`, `watch/${view}`, options);
      await page.ready();
      return page;
    },
    episode: (src, index = 0) => readEpisode(join(root, src), index),
    async close() {
      await browser.close();
      await server.close();
      runs.remove();
    },
  };
}

/** One row of a channel of numbers. */
export function row(episode: Episode, name: string, step: number): number[] {
  const column = episode.columns.get(name);
  if (column === undefined || Array.isArray(column.values)) throw new Error(`no channel ${name}`);
  const { rowSize, values } = column;
  return Array.from(values.subarray(step * rowSize, (step + 1) * rowSize));
}

async function readEpisode(file: string, index: number): Promise<Episode> {
  const bytes = new Uint8Array(readFileSync(file));
  return (await openRecording(bytesSource(bytes), fflateCodec(fflate))).readEpisode(index);
}
