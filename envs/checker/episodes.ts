import { sceneProblem } from '../../core/check-scene.ts';
import type { Env } from '../../core/env.ts';
import type { Scene } from '../../core/scene.ts';
import { difference, isList, isPlain, nameOfList, showValue } from './compare.ts';
import { checkObservation } from './elements.ts';
import { Player, stateOf } from './player.ts';
import type { Place, Report } from './report.ts';

/** How often it is looked at whether drawing changes anything, and whether masks are stable. */
const SELDOM = 50;

/** Plays many steps, and looks at all that the env gives at each. */
export function checkEpisodes(env: Env, seed: number, steps: number, report: Report): void {
  const player = new Player(env, seed);
  report.attempt('step-result', player, () => {
    for (let t = 0; t < steps && !isHopeless(report); t++) {
      if (player.ended) {
        const seeding = player.episode === 0 ? seed : undefined;
        checkStart(env, player.begin(seeding), player, report);
      } else {
        const action = player.choose();
        checkStep(env, player.take(action), player, report);
      }
      report.attempt('mask', player, () => checkMask(env, player, report));
      report.attempt('scene', player, () => checkScene(env, player, report));
      if (t % SELDOM === 0) checkSeldom(env, player, report);
    }
  });
}

/** Whether what the env returns is so far from a result that more steps tell nothing. */
function isHopeless(report: Report): boolean {
  return report.count('reset-result') > 0 || report.count('step-result') > 0;
}

function checkStart(env: Env, result: unknown, place: Place, report: Report): void {
  if (typeof result !== 'object' || result === null || !('observation' in result)) {
    report.once('reset-result', place, `reset returned ${showFields(result)}.`);
    return;
  }
  const { observation, info } = result as { observation: unknown; info?: unknown };
  checkObservation(env.observationSpace, observation, place, report);
  checkInfo(info, place, report);
}

const FIELDS = ['observation', 'reward', 'terminated', 'truncated', 'info'] as const;

function checkStep(env: Env, result: unknown, place: Place, report: Report): void {
  const fields = (typeof result === 'object' ? result : null) as Record<string, unknown> | null;
  const missing = FIELDS.filter((name) => fields === null || !(name in fields));
  if (fields === null || missing.length > 0) {
    const message = `step returned ${showFields(result)}, without ${missing.join(', ')}.`;
    report.once('step-result', place, message);
    return;
  }
  const { observation, reward, terminated, truncated, info } = fields;
  checkObservation(env.observationSpace, observation, place, report);
  if (!Number.isFinite(reward)) {
    report.once('reward', place, `The reward is ${showValue(reward)}.`);
  }
  for (const [name, flag] of Object.entries({ terminated, truncated })) {
    if (typeof flag !== 'boolean') report.once('flags', place, `${name} is ${showValue(flag)}.`);
  }
  if (terminated === true && truncated === true) {
    report.once('flags', place, 'terminated and truncated are both true.');
  }
  checkInfo(info, place, report);
}

function checkInfo(info: unknown, place: Place, report: Report): void {
  if (typeof info === 'object' && info !== null && !isList(info)) return;
  report.once('info', place, `info is ${showValue(info)}.`);
}

function checkMask(env: Env, player: Player, report: Report): void {
  const mask: unknown = env.actionMask();
  if (mask === null) return;
  const { actionSpace } = env;
  if (actionSpace.kind !== 'discrete') {
    report.once('mask', player, `There is a mask, ${showValue(mask)}, of actions that have none.`);
    return;
  }
  if (!(mask instanceof Uint8Array) || mask.length !== actionSpace.n) {
    const got = isList(mask) ? nameOfList(mask) : showValue(mask);
    report.once('mask', player, `The mask is ${got}, of ${actionSpace.n} actions.`);
    return;
  }
  const other = mask.findIndex((x) => x > 1);
  if (other >= 0) report.once('mask', player, `mask[${other}] is ${mask[other]}.`);
  if (!player.ended && !mask.includes(1)) {
    report.once('mask-legal', player, `No action is legal: the mask is ${showValue(mask)}.`);
  }
}

function checkScene(env: Env, place: Place, report: Report): void {
  const scene: unknown = env.scene();
  const problem = sceneProblem(scene) ?? boardProblem(scene as Scene);
  if (problem !== null) report.once('scene', place, problem);
}

/** Why something of a grid does not lie on its board, or a pixel has no color. */
function boardProblem(scene: Scene): string | null {
  if (scene.kind === 'screen') {
    const bad = scene.pixels.findIndex((color) => color >= scene.palette.length);
    if (bad < 0) return null;
    return `scene.pixels[${bad}] is ${scene.pixels[bad]}, of ${scene.palette.length} colors.`;
  }
  if (scene.kind !== 'grid') return null;
  const { rows, columns, tokens, walls = [] } = scene;
  for (const [name, list] of Object.entries({ tokens, walls })) {
    const outside = ({ row, column }: { row: number; column: number }) =>
      !(row >= 0 && row < rows && column >= 0 && column < columns);
    const i = list.findIndex(outside);
    if (i < 0) continue;
    const { row, column } = list[i];
    return `scene.${name}[${i}] is in row ${row}, column ${column} of a board of ${rows} × ${columns}.`;
  }
  return null;
}

/** What takes longer: drawing and asking for the mask must leave everything as it is. */
function checkSeldom(env: Env, place: Place, report: Report): void {
  if (report.count('scene') === 0) {
    report.attempt('scene-pure', place, () => checkDrawing(env, place, report));
  }
  report.attempt('mask-fresh', place, () => checkMaskCopy(env, place, report));
}

function checkDrawing(env: Env, place: Place, report: Report): void {
  const before = stateOf(env);
  const scene = env.scene();
  const found = difference(before, stateOf(env), 'the snapshot');
  if (found !== null) report.once('scene-pure', place, `Before and after scene(), ${found}.`);
  const again = difference(scene, env.scene(), 'the scene');
  if (again !== null) report.once('scene-pure', place, `Drawn twice, ${again}.`);
}

function checkMaskCopy(env: Env, place: Place, report: Report): void {
  const mask: unknown = env.actionMask();
  if (!(mask instanceof Uint8Array)) return;
  const kept = mask.slice();
  mask.fill(77);
  const found = difference(kept, env.actionMask(), 'the mask');
  mask.set(kept);
  if (found !== null) report.once('mask-fresh', place, `After the caller changed it, ${found}.`);
}

function showFields(result: unknown): string {
  if (!isPlain(result)) return showValue(result);
  return `an object with ${Object.keys(result).join(', ') || 'nothing'}`;
}
