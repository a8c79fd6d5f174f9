import { describeSpace } from '../../core/spaces/describe.ts';
import { describeEnv, type EnvFacts } from '../../envs/describe-env.ts';
import { type CommandWords, parseSettings } from '../command.ts';
import { spaceRows } from '../space-rows.ts';
import { formatTable } from '../table.ts';
import { asUsage, UsageError } from '../usage-error.ts';
import { factsToJson, showLimit } from './env-list.ts';

/** `palaestra env info`. */
export async function infoCommand(words: CommandWords, rest: readonly string[]): Promise<number> {
  const [id, ...more] = rest;
  if (id === undefined || more.length > 0) {
    throw new UsageError(
      'palaestra env info takes one world, such as: palaestra env info CartPole-v1',
    );
  }
  const options = parseSettings('env-set', words.texts('env-set'));
  const facts = asUsage(() => describeEnv(id, options));
  console.log(words.flag('json') ? JSON.stringify(factsToJson(facts), null, 2) : showFacts(facts));
  return 0;
}

function showFacts(facts: EnvFacts): string {
  const { id, family, description, source, rewardThreshold } = facts.entry;
  const { observationSpace, actionSpace, timeLimit, masked, numStates } = facts;
  return [
    `${id}  (${family})`,
    description,
    ...(source === undefined ? [] : [`Source: ${source}.`]),
    '',
    `observation  ${describeSpace(observationSpace)}`,
    ...indented(spaceRows(observationSpace)),
    '',
    `action       ${describeSpace(actionSpace)}`,
    ...indented(spaceRows(actionSpace)),
    '',
    `time limit   ${timeLimit === Infinity ? 'none' : `${showLimit(timeLimit)} steps`}`,
    `solved from  ${rewardThreshold === null ? 'no agreed return' : `a mean return of ${rewardThreshold}`}`,
    `masks        ${masked ? 'yes: not every action is always legal' : 'no: every action always is legal'}`,
    `model        ${numStates === null ? 'no' : `explicit, ${numStates} states`}`,
    '',
    ...optionLines(facts),
    ...wrapperLines(facts),
  ]
    .join('\n')
    .trimEnd();
}

const HEAD = ['element', 'least', 'most', 'unit', 'meaning'];

/** The rows as a table of the columns that say something. */
function indented(rows: readonly (readonly string[])[]): string[] {
  const columns = HEAD.map((_, i) => i).filter((i) => rows.some((row) => row[i] !== ''));
  const pick = (row: readonly string[]) => columns.map((i) => row[i]);
  return formatTable(pick(HEAD), rows.map(pick))
    .split('\n')
    .map((line) => `  ${line}`);
}

function optionLines({ entry: { defaults }, options }: EnvFacts): string[] {
  const names = Object.keys(defaults);
  if (names.length === 0) return ['options      none', ''];
  const rows = names.map((name) => [
    name,
    JSON.stringify(defaults[name]),
    JSON.stringify(options[name]),
  ]);
  return [formatTable(['option', 'default', 'here'], rows), ''];
}

/** Wrappers that go with the world. */
function wrapperLines({ entry: { id, discretization } }: EnvFacts): string[] {
  if (discretization === undefined) return [];
  return [
    `wrapper      discretize-observation ${JSON.stringify(discretization)}`,
    `             lets tables learn here: palaestra train q-learning ${id} --discretize`,
  ];
}
