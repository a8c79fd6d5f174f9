import type { JsonValue } from './canonical-json.ts';
import { readFields, readInteger, readList, readOneOf, readText, wrong } from './guards.ts';
import type { EpisodeEnd, EpisodeMeta } from './manifest.ts';
import { savedFromJson, savedToJson } from './saved-json.ts';

/** Most steps of an episode: what a block number in a name leaves room for, and more. */
const MAX_LENGTH = 2 ** 40;
const MAX_STATE = 1_048_576; // numbers
const MAX_TAGS = 64;
const MAX_U32 = 0xffff_ffff;

/**
 * Checks what is known when an episode begins.
 *
 * @param json Parsed JSON; keys that are not known are left out.
 * @throws Error if something is missing or of the wrong kind.
 */
export function parseEpisodeMeta(json: unknown): EpisodeMeta {
  const fields = readFields('meta', json);
  const rng = readFields('meta.rng', fields.rng);
  return {
    seed: readInteger('meta.seed', fields.seed, 0),
    number: readInteger('meta.number', fields.number, 0),
    agentSteps: readInteger('meta.agentSteps', fields.agentSteps, 0),
    rng: savedFromJson('meta.rng', rng as JsonValue) as EpisodeMeta['rng'],
  };
}

/** What `parseEpisodeMeta` reads. */
export function episodeMetaToJson(meta: EpisodeMeta): object {
  const { seed, number, agentSteps, rng } = meta;
  return { seed, number, agentSteps, rng: savedToJson(rng) };
}

/**
 * Checks what is known when an episode has ended.
 *
 * @param json Parsed JSON; keys that are not known are left out.
 * @throws Error if something is missing or of the wrong kind.
 */
export function parseEpisodeEnd(json: unknown): EpisodeEnd {
  const fields = readFields('end', json);
  const finalState = readList('end.finalState', fields.finalState, MAX_STATE);
  const tags = readList('end.tags', fields.tags, MAX_TAGS);
  return {
    length: readInteger('end.length', fields.length, 0, MAX_LENGTH),
    episodeReturn: numberFromJson('end.episodeReturn', fields.episodeReturn),
    outcome: readOneOf('end.outcome', fields.outcome, ['terminated', 'truncated']),
    finalState: finalState.map((value, i) => numberFromJson(`end.finalState[${i}]`, value)),
    finalHash: readInteger('end.finalHash', fields.finalHash, 0, MAX_U32),
    tags: tags.map((tag, i) => readText(`end.tags[${i}]`, tag, 0, 200)),
  };
}

/** What `parseEpisodeEnd` reads. */
export function episodeEndToJson(end: EpisodeEnd): object {
  const { length, episodeReturn, outcome, finalState, finalHash, tags } = end;
  return {
    length,
    episodeReturn: numberToJson(episodeReturn),
    outcome,
    finalState: Array.from(finalState, numberToJson),
    finalHash,
    tags: [...tags],
  };
}

/** JSON has no NaN and no infinity, but a state row may: they are written as text. */
function numberToJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function numberFromJson(path: string, value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  throw wrong(path, 'a number', value);
}
