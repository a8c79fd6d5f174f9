import { agentEntries } from '../../agents/registry.ts';
import { describeEnv } from '../../envs/describe-env.ts';
import { envEntries } from '../../envs/registry.ts';
import { wrapperEntries } from '../../envs/wrappers/entries.ts';
import type { Command } from '../command.ts';
import { formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { shortSpace, showLimit } from './env-list.ts';

/** `palaestra list`. */
export const list: Command = {
  name: 'list',
  arguments: '[agents|envs|wrappers]',
  summary: 'Lists the agents, worlds and wrappers that there are.',
  options: { help: { type: 'boolean', short: 'h', help: 'show this' } },
  examples: ['palaestra list envs', 'palaestra list wrappers'],
  async run({ positionals: [what = 'all'] }) {
    if (what !== 'all' && !Object.hasOwn(TABLES, what)) {
      const known = Object.keys(TABLES).join(', ');
      throw new UsageError(`palaestra list takes one of ${known}, got ${JSON.stringify(what)}.`);
    }
    const tables = what === 'all' ? Object.values(TABLES) : [TABLES[what]];
    console.log(tables.map((table) => table()).join('\n\n'));
    return 0;
  },
};

const TABLES: Readonly<Record<string, () => string>> = {
  agents: agentTable,
  envs: envTable,
  wrappers: wrapperTable,
};

function agentTable(): string {
  const rows = agentEntries().map(({ name, family, description }) => [name, family, description]);
  return formatTable(['agent', 'family', 'what it does'], rows);
}

function envTable(): string {
  const rows = envEntries().map(({ id, family, rewardThreshold, description }) => {
    const { observationSpace, actionSpace, timeLimit } = describeEnv(id);
    const spaces = [shortSpace(observationSpace), shortSpace(actionSpace)];
    return [
      id,
      family,
      ...spaces,
      showLimit(timeLimit),
      String(rewardThreshold ?? '–'),
      description,
    ];
  });
  const head = ['world', 'family', 'observations', 'actions', 'limit', 'threshold', 'what it is'];
  return formatTable(head, rows);
}

function wrapperTable(): string {
  const rows = wrapperEntries().map(({ name, description }) => [name, description]);
  return formatTable(['wrapper', 'what it does'], rows);
}
