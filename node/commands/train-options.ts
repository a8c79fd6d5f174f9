import type { CommandOption } from '../command.ts';

/** The options of `palaestra train`. */
export const TRAIN_OPTIONS: Readonly<Record<string, CommandOption>> = {
  steps: { type: 'string', value: '<n>', help: 'environment steps in all (default 100k)' },
  seed: { type: 'string', value: '<n>', help: 'seed of the whole run (default 0)' },
  rng: {
    type: 'string',
    value: '<name>',
    help: "what worlds draw from: alea, or gymnasium for Gymnasium's episodes (default alea)",
  },
  set: {
    type: 'string',
    multiple: true,
    value: '<key=value>',
    help: "an option of the agent's, or with a dot one inside it; may be repeated",
  },
  'env-set': {
    type: 'string',
    multiple: true,
    value: '<key=value>',
    help: "an option of the world's; may be repeated",
  },
  untuned: {
    type: 'boolean',
    help: "take the agent's own defaults where others are known to master the world",
  },
  discretize: {
    type: 'boolean',
    help: 'cut real-valued observations into the cells that the registry suggests',
  },
  'num-envs': { type: 'string', value: '<n>', help: 'copies of the world (default 1)' },
  'metrics-every': {
    type: 'string',
    value: '<n>',
    help: 'steps between lines of metrics (default steps/100)',
  },
  'checkpoint-every': {
    type: 'string',
    value: '<n>',
    help: 'steps between checkpoints (default steps/10)',
  },
  'record-every': {
    type: 'string',
    value: '<n>',
    help: 'record every n-th episode too (default 0: first, best, last, 1, 10, 100, …)',
  },
  'no-record': {
    type: 'boolean',
    help: 'record no episodes: there is nothing to watch, but tables learn many times faster',
  },
  normalize: {
    type: 'string',
    value: '<what>',
    help: 'show the agent normalized observations, rewards, or both: observations,rewards',
  },
  'evaluate-every': {
    type: 'string',
    value: '<n>',
    help: 'steps between evaluations in a world apart; the best is kept (default 0: none)',
  },
  'evaluate-episodes': {
    type: 'string',
    value: '<n>',
    help: 'episodes of each evaluation (default 10)',
  },
  'stop-at': {
    type: 'string',
    value: '<return>',
    help: "end at an evaluation this good: a number, or threshold for the world's own",
  },
  log: {
    type: 'string',
    value: '<names>',
    help: 'logs beside metrics.jsonl: tensorboard, csv, or both: tensorboard,csv',
  },
  seeds: {
    type: 'string',
    value: '<n>',
    help: 'run as many seeds, from --seed on, each in a process and a folder of its own',
  },
  jobs: {
    type: 'string',
    value: '<n>',
    help: 'seeds that run at once (default one for each processor)',
  },
  run: {
    type: 'string',
    value: '<folder>',
    help: 'where the run goes (default runs/<agent>-<env>-seed<n>, or -seeds)',
  },
  resume: {
    type: 'string',
    value: '<folder>',
    help: 'go on with a run from its last checkpoint; nothing else is to be given',
  },
  help: { type: 'boolean', short: 'h', help: 'show this' },
};
