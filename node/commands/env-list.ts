import { hint, show } from '../../core/check.ts';
import type { Space } from '../../core/space.ts';
import { describeSpace } from '../../core/spaces/describe.ts';
import { spaceToJson } from '../../core/spaces/json.ts';
import { describeEnv, type EnvFacts } from '../../envs/describe-env.ts';
import { envEntries } from '../../envs/registry.ts';
import type { CommandWords } from '../command.ts';
import { cut, formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';

/** `palaestra env list`. */
export async function listCommand(words: CommandWords, rest: readonly string[]): Promise<number> {
  if (rest.length > 0) throw new UsageError(`palaestra env list takes no ${show(rest[0])}.`);
  const facts = entriesOf(words.text('family')).map(({ id }) => describeEnv(id));
  console.log(
    words.flag('json') ? JSON.stringify(facts.map(factsToJson), null, 2) : envTable(facts),
  );
  return 0;
}

function entriesOf(family: string | undefined) {
  const entries = envEntries();
  if (family === undefined) return entries;
  const known = [...new Set(entries.map((entry) => entry.family))];
  if (!known.some((name) => name === family)) {
    throw new UsageError(
      `--family must be one of ${known.join(', ')}, got ${show(family)}.${hint(family, known)}`,
    );
  }
  return entries.filter((entry) => entry.family === family);
}

function envTable(facts: readonly EnvFacts[]): string {
  const head = ['world', 'family', 'observations', 'actions', 'limit', 'threshold', 'model'];
  return formatTable(
    head,
    facts.map(({ entry, observationSpace, actionSpace, timeLimit, numStates }) => [
      entry.id,
      entry.family,
      shortSpace(observationSpace),
      shortSpace(actionSpace),
      showLimit(timeLimit),
      String(entry.rewardThreshold ?? '–'),
      numStates === null ? 'no' : `${numStates} states`,
    ]),
  );
}

/** A space in a table, whose columns are not to be as wide as the longest description. */
export function shortSpace(space: Space): string {
  return cut(describeSpace(space), 32);
}

/** The time limit in a table: `–` for none, `?` where the env does not say. */
export function showLimit(timeLimit: number | null): string {
  if (timeLimit === null) return '?';
  return Number.isFinite(timeLimit) ? String(timeLimit) : '–';
}

/** What `--json` prints of a world; a time limit that is not there is `null`. */
export function factsToJson(facts: EnvFacts): object {
  const { id, family, description, source, rewardThreshold, discretization } = facts.entry;
  const { timeLimit, numStates, masked } = facts;
  return {
    id,
    family,
    description,
    source: source ?? null,
    observationSpace: spaceToJson(facts.observationSpace),
    actionSpace: spaceToJson(facts.actionSpace),
    timeLimit: timeLimit === null || timeLimit === Infinity ? null : timeLimit,
    rewardThreshold,
    masked,
    numStates,
    options: facts.options,
    discretization: discretization ?? null,
  };
}
