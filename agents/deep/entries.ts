import type { AgentEntry } from '../entry.ts';
import { DQN_DEFAULTS, Dqn } from './action-values/dqn.ts';
import { Iqn } from './action-values/iqn.ts';
import { IQN_DEFAULTS } from './action-values/iqn-options.ts';
import { PQN_DEFAULTS, Pqn } from './action-values/pqn.ts';
import { RecurrentDqn } from './action-values/recurrent-dqn.ts';
import { RECURRENT_DQN_DEFAULTS } from './action-values/recurrent-dqn-options.ts';
import { DDPG_DEFAULTS, Ddpg } from './off-policy/ddpg.ts';
import { DISCRETE_SAC_DEFAULTS, DiscreteSac } from './off-policy/discrete-sac.ts';
import { SAC_DEFAULTS, Sac } from './off-policy/sac.ts';
import { TD3_DEFAULTS, Td3 } from './off-policy/td3.ts';
import { A2C_DEFAULTS, A2c } from './policy-gradient/a2c.ts';
import { PPO_DEFAULTS, Ppo } from './policy-gradient/ppo.ts';
import { RECURRENT_PPO_DEFAULTS, RecurrentPpo } from './policy-gradient/recurrent-ppo.ts';
import { REINFORCE_DEFAULTS, Reinforce } from './policy-gradient/reinforce.ts';

/** Agents that learn networks, as the registry lists them. */
export const DEEP_AGENTS: readonly AgentEntry[] = [
  {
    name: 'dqn',
    family: 'deep',
    description: 'Q-learning with a network, from remembered transitions and a target network.',
    defaults: DQN_DEFAULTS,
    create: (task, options) => new Dqn(task, options),
  },
  {
    name: 'iqn',
    family: 'deep',
    description: 'Q-learning of whole distributions of returns, by quantiles at any fraction.',
    defaults: IQN_DEFAULTS,
    create: (task, options) => new Iqn(task, options),
  },
  {
    name: 'recurrent-dqn',
    family: 'deep',
    description: 'DQN with a network that remembers, for worlds that do not show their state.',
    defaults: RECURRENT_DQN_DEFAULTS,
    create: (task, options) => new RecurrentDqn(task, options),
  },
  {
    name: 'pqn',
    family: 'deep',
    description: 'Q-learning of many copies at once, without replay and without a target network.',
    defaults: PQN_DEFAULTS,
    create: (task, options) => new Pqn(task, options),
  },
  {
    name: 'reinforce',
    family: 'deep',
    description: 'Policy gradient from the returns of whole episodes, with or without a baseline.',
    defaults: REINFORCE_DEFAULTS,
    create: (task, options) => new Reinforce(task, options),
  },
  {
    name: 'a2c',
    family: 'deep',
    description:
      'Policy gradient beside a learned value, a step after every few steps of all copies.',
    defaults: A2C_DEFAULTS,
    create: (task, options) => new A2c(task, options),
  },
  {
    name: 'ppo',
    family: 'deep',
    description: 'Policy gradient in small steps: learns several times from what it just did.',
    defaults: PPO_DEFAULTS,
    create: (task, options) => new Ppo(task, options),
  },
  {
    name: 'recurrent-ppo',
    family: 'deep',
    description: 'PPO with a network that remembers, for worlds that do not show their state.',
    defaults: RECURRENT_PPO_DEFAULTS,
    create: (task, options) => new RecurrentPpo(task, options),
  },
  {
    name: 'ddpg',
    family: 'deep',
    description:
      'Acts with real numbers, and climbs what a critic says of them; learns off policy.',
    defaults: DDPG_DEFAULTS,
    create: (task, options) => new Ddpg(task, options),
  },
  {
    name: 'td3',
    family: 'deep',
    description: 'DDPG with two critics, of which the lower one counts, and a slower actor.',
    defaults: TD3_DEFAULTS,
    create: (task, options) => new Td3(task, options),
  },
  {
    name: 'sac',
    family: 'deep',
    description: 'Acts with real numbers, as randomly as earning much allows; learns off policy.',
    defaults: SAC_DEFAULTS,
    create: (task, options) => new Sac(task, options),
  },
  {
    name: 'discrete-sac',
    family: 'deep',
    description: 'Soft actor-critic for actions that can be counted.',
    defaults: DISCRETE_SAC_DEFAULTS,
    create: (task, options) => new DiscreteSac(task, options),
  },
];
