export { ReplayBuffer } from './replay-buffer.ts';
