export { type Interval, meanInterval, shareInterval, studentQuantile } from './statistics.ts';
