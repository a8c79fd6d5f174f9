import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hexToRgb } from '../../viewer/color/rgb.ts';
import { sceneTheme } from '../../viewer/color/theme.ts';
import { type Stage, setStage } from './stage.ts';
import type { ViewerPage } from './viewer.ts';

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true };
const PAGES = {
  lake: ['lake/episodes/best.rlrec', 't=3'],
  'lake-end': ['lake/episodes/best.rlrec', 't=99'],
  'lake-early': ['lake/episodes/first.rlrec', 't=2&ov=v,p'],
  'lake-plain': ['lake/episodes/best.rlrec', 't=2&ov='],
  'lake-pinned': ['lake/episodes/live.rlrec', 't=1&sel=cell:2,2'],
  cliff: ['cliff/episodes/last.rlrec', 't=5'],
  'cliff-action-values': ['cliff/episodes/last.rlrec', 't=5&ov=q,g'],
  pole: ['pole/episodes/best.rlrec', 't=40'],
  bandit: ['bandit/episodes/last.rlrec', 't=150&ov=q,g'],
  arcade: ['arcade.rlrec', 'ep=1&t=4'],
} as const;

let stage: Stage;
let page: ViewerPage;

beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  expect(page.problems).toEqual([]);
  await page.close();
});
afterAll(() => stage.close());

/** What sticks out of the page, or is cut off, though it should not. */
const misfits = (): Promise<string[]> =>
  page.page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('button, select, input, h1, h2, dd, .chart')]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 2 && (box.right > width + 1 || box.left < -1);
      })
      .map((element) => `${element.tagName} ${element.className} ${element.textContent}`);
    const cut = [...document.querySelectorAll('dd, .tag, .fact, button')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `cut: ${element.tagName} ${element.className} ${element.textContent}`);
    return [...wide, ...cut];
  });

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each(Object.entries(PAGES))('%s fits and is drawn', async (name, [src, view]) => {
    page = await stage.watch(src, view, { colorScheme });
    await page.page.waitForTimeout(300);
    await page.screenshot(`${name}-${colorScheme}`);
    expect(await misfits()).toEqual([]);
    expect(await page.numColors()).toBeGreaterThan(2);
    const { background } = sceneTheme(colorScheme).roles;
    expect(await page.pixels([{ x: 2, y: 2 }])).toEqual([hexToRgb(background)]);
  });

  test('the library fits', async () => {
    page = await stage.open('', 'library/', { colorScheme });
    await page.page.waitForSelector('.recording');
    await page.page.waitForTimeout(700);
    await page.screenshot(`library-${colorScheme}`);
    expect(await misfits()).toEqual([]);
  });
});

describe('the theme', () => {
  test('is switched by its button, and is in the address', async () => {
    page = await stage.watch('lake/episodes/best.rlrec', 't=3&ov=');
    const [before] = await page.drawn('tile');
    await page.page.getByLabel('Switch to the dark theme').click();
    await page.settled();
    expect(await page.page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    expect(await page.fragment()).toContain('theme=dark');
    const [after] = await page.drawn('tile');
    expect([before.color, after.color]).toEqual([
      sceneTheme('light').tiles.start,
      sceneTheme('dark').tiles.start,
    ]);
  });
});

describe('on a phone', () => {
  test.each(['lake', 'pole', 'bandit'] as const)('%s is one column', async (name) => {
    const [src, view] = PAGES[name];
    page = await stage.watch(src, view, PHONE);
    await page.page.waitForTimeout(300);
    await page.screenshot(`phone-${name}`);
    expect(await misfits()).toEqual([]);
    const scroll = await page.page.evaluate(() => document.documentElement.scrollWidth);
    expect(scroll).toBe(390);
    const box = await page.page.locator('.pane').boundingBox();
    expect(box?.width).toBeGreaterThan(350);
    await page.page
      .getByLabel('Play', { exact: true })
      .tap({ timeout: 3000 })
      .catch(() => {});
    await page.page.locator('.side').scrollIntoViewIfNeeded();
    await page.screenshot(`phone-${name}-below`);
  });

  test('the library is one column', async () => {
    page = await stage.open('', 'library/', PHONE);
    await page.page.waitForSelector('.recording');
    await page.page.waitForTimeout(700);
    await page.screenshot('phone-library');
    expect(await misfits()).toEqual([]);
  });
});

describe('for everybody', () => {
  test('there are landmarks, names and a picture that says what it is', async () => {
    page = await stage.watch('lake/episodes/best.rlrec', 't=3');
    for (const role of ['banner', 'navigation', 'main', 'complementary'] as const) {
      expect(await page.page.getByRole(role).count(), role).toBe(1);
    }
    const nameless = await page.page.evaluate(() =>
      [...document.querySelectorAll('button, input, select')]
        .filter((element) => {
          const label = element.closest('label')?.textContent ?? '';
          return !(
            element.getAttribute('aria-label') ||
            element.textContent?.trim() ||
            label.trim()
          );
        })
        .map((element) => element.outerHTML),
    );
    expect(nameless).toEqual([]);
    expect(await page.page.locator('.pane').getAttribute('role')).toBe('img');
    expect(await page.page.locator('.pane').getAttribute('aria-label')).toContain('Step 3');
    await page.press('Tab');
    const ring = await page.page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(
        document.activeElement ?? document.body,
      );
      return `${outlineStyle} ${outlineWidth}`;
    });
    expect(ring).toBe('solid 2px');
  });

  test('text stands out from its ground', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      page = await stage.watch('lake/episodes/best.rlrec', 't=3', { colorScheme });
      const worst = await page.page.evaluate(() => {
        const parse = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
        const light = ([r, g, b]: number[]) => {
          const linear = [r, g, b].map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
        };
        const ground = (element: Element | null): number[] => {
          if (element === null) return [255, 255, 255];
          const [r, g, b, a = 1] = parse(getComputedStyle(element).backgroundColor);
          return a > 0.9 ? [r, g, b] : ground(element.parentElement);
        };
        const texts = [
          ...document.querySelectorAll('dt, dd, h1, h2, th, .fact, .tag, .chip, .live'),
        ];
        return texts
          .map((element) => {
            const one = light(parse(getComputedStyle(element).color));
            const other = light(ground(element));
            const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            return { ratio, text: `${element.className} ${element.textContent}` };
          })
          .sort((a, b) => a.ratio - b.ratio)[0];
      });
      expect(worst.ratio, `${colorScheme}: ${worst.text}`).toBeGreaterThan(4.5);
      if (colorScheme === 'light') await page.close();
    }
  });
});
