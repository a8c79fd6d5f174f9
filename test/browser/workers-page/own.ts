/** A worker that brings a world with it. */
import { registerEnv } from '../../../envs/registry.ts';
import { runCopies } from '../../../viewer/workers/run-copies.ts';
import { corridor } from '../../helpers/worlds.ts';

registerEnv({
  id: 'Corridor-v0',
  family: 'other',
  description: 'A corridor of five cells.',
  defaults: {},
  rewardThreshold: null,
  create: corridor as never,
});
runCopies();
