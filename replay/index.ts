export { ReplayBuffer } from './replay-buffer.ts';
export { estimateAdvantages } from './returns/advantages.ts';
export { estimateLambdaReturns } from './returns/lambda-returns.ts';
export { estimateNStepReturns } from './returns/n-step-returns.ts';
export type { Numbers, Rewarded, Rollout } from './returns/rollout.ts';
export {
  estimateVtrace,
  VTRACE_DEFAULTS,
  type VtraceEstimates,
  type VtraceOptions,
} from './returns/v-trace.ts';
