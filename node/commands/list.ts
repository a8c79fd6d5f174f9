import { agentEntries } from '../../agents/registry.ts';
import { describeSpace } from '../../core/spaces/describe.ts';
import { describeEnv } from '../../envs/describe-env.ts';
import { envEntries } from '../../envs/registry.ts';
import type { Command } from '../command.ts';
import { formatTable } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { showLimit } from './env-list.ts';

/** `palaestra list`. */
export const list: Command = {
  name: 'list',
  arguments: '[agents|envs]',
  summary: 'Lists the agents and the worlds that there are.',
  options: { help: { type: 'boolean', short: 'h', help: 'show this' } },
  examples: ['palaestra list envs'],
  async run({ positionals: [what = 'all'] }) {
    if (!['all', 'agents', 'envs'].includes(what)) {
      throw new UsageError(`palaestra list takes agents or envs, got ${JSON.stringify(what)}.`);
    }
    if (what !== 'envs') console.log(agentTable());
    if (what === 'all') console.log('');
    if (what !== 'agents') console.log(envTable());
    return 0;
  },
};

function agentTable(): string {
  const rows = agentEntries().map(({ name, family, description }) => [name, family, description]);
  return formatTable(['agent', 'family', 'what it does'], rows);
}

function envTable(): string {
  const rows = envEntries().map(({ id, family, rewardThreshold, description }) => {
    const { observationSpace, actionSpace, timeLimit } = describeEnv(id);
    const spaces = [describeSpace(observationSpace), describeSpace(actionSpace)];
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
