import type { Shape, ShapesScene } from '../../core/scene.ts';
import { bestArm } from './arms.ts';

/** How the chart of a bandit varies from world to world. */
export interface BanditChart {
  readonly numArms: number;
  /** Lowest reward in the picture. */
  readonly bottom: number;
  /** Highest reward in the picture. */
  readonly top: number;
  /**
   * Standard deviation of a reward: bars reach as far above and below the arm's value. Leave out
   * where rewards lie between 0 and 1: bars then stand on 0.
   */
  readonly deviation?: number;
  /** What the caption begins with. Default nothing. */
  readonly situation?: string;
}

/**
 * A chart over the arms of a bandit: their values now, the spread of the rewards, the last reward.
 *
 * @param state A state row of a bandit.
 */
export function banditScene(state: ArrayLike<number>, chart: BanditChart): ShapesScene {
  const { numArms, bottom, top, deviation } = chart;
  const height = top - bottom;
  const step = (1.6 * height) / numArms; // the picture is 1.6 times as wide as high
  const width = numArms * step;
  const positions = Array.from({ length: numArms }, (_, arm) => (arm + 0.5) * step);
  const best = bestArm(state, numArms);
  const lastArm = state[numArms];
  const y = state[numArms + 1];
  const shapes: Shape[] = [];
  shapes.push({ kind: 'line', points: [0, 0, width, 0], width: height / 300, color: 'line' });
  positions.forEach((x, arm) => {
    const value = state[arm];
    const bar = deviation === undefined ? between(0, value) : { y: value, height: 2 * deviation };
    const color = arm === best ? 'goal' : 'surface';
    shapes.push({ kind: 'rectangle', x, ...bar, width: 0.7 * step, color });
    const points = [x - 0.35 * step, value, x + 0.35 * step, value];
    shapes.push({ kind: 'line', points, width: height / 150, color: 'text' });
  });
  if (lastArm >= 0) {
    shapes.push({ kind: 'circle', x: positions[lastArm], y, radius: 0.15 * step, color: 'agent' });
  }
  return {
    kind: 'shapes',
    view: { left: 0, bottom, width, height },
    shapes,
    actionPositions: positions,
    caption: caption(chart.situation ?? '', lastArm, y, best),
  };
}

function between(low: number, high: number): { y: number; height: number } {
  return { y: (low + high) / 2, height: high - low };
}

function caption(situation: string, lastArm: number, lastReward: number, best: number): string {
  const last = lastArm < 0 ? '' : `arm ${lastArm + 1} gave ${lastReward.toFixed(2)}, `;
  return `${situation}${last}best arm ${best + 1}`;
}
