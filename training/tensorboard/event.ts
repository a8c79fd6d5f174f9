import type { MetricsRecord } from '../trainer.ts';
import { ProtobufWriter, readInteger } from './protobuf.ts';
import { encodeRecord, readRecords } from './tf-record.ts';

// Numbers of fields in TensorFlow's event.proto and summary.proto.
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 };
const SUMMARY_VALUE = 1;
const VALUE = { tag: 1, simpleValue: 2 };
const SESSION_STATUS = 1;
const SESSION_START = 1;

/**
 * What an event file opens with.
 *
 * @param wallTime Seconds since 1970, as in every event.
 */
export function encodeFileVersion(wallTime: number): Uint8Array {
  const event = new ProtobufWriter().double(EVENT.wallTime, wallTime);
  return encodeRecord(event.text(EVENT.fileVersion, 'brain.Event:2').finish());
}

/** Says that a run goes on: whoever reads it forgets what is at `step` or later in older files. */
export function encodeSessionStart(wallTime: number, step: number): Uint8Array {
  const start = new ProtobufWriter().integer(SESSION_STATUS, SESSION_START).finish();
  const event = new ProtobufWriter().double(EVENT.wallTime, wallTime).integer(EVENT.step, step);
  return encodeRecord(event.message(EVENT.sessionLog, start).finish());
}

/**
 * A line of metrics as an event with a scalar for each number, rounded to float32.
 *
 * @returns one record of an event file; `null` where the line has no numbers.
 *
 * Source: TensorFlow's event.proto and summary.proto.
 */
export function encodeScalars(wallTime: number, record: MetricsRecord): Uint8Array | null {
  const summary = new ProtobufWriter();
  let count = 0;
  for (const [name, value] of Object.entries(record)) {
    if (value === null || !isShown(name, record)) continue;
    const scalar = new ProtobufWriter().text(VALUE.tag, tagOf(name));
    summary.message(SUMMARY_VALUE, scalar.float(VALUE.simpleValue, value).finish());
    count++;
  }
  if (count === 0) return null;
  const event = new ProtobufWriter().double(EVENT.wallTime, wallTime);
  event.integer(EVENT.step, record.steps).message(EVENT.summary, summary.finish());
  return encodeRecord(event.finish());
}

/** Where an event file ends that is cut to what was written up to `steps`, and to what is whole. */
export function eventsEnd(file: Uint8Array, steps: number): number {
  let end = 0;
  for (const record of readRecords(file)) {
    const step = readInteger(record.data, EVENT.step);
    if (step === null || step > steps) break;
    end = record.end;
  }
  return end;
}

/** The step is the event's; a line of an evaluation repeats how many episodes training has had. */
function isShown(name: string, record: MetricsRecord): boolean {
  if (name === 'steps') return false;
  return name !== 'episodes' || record.evaluationReturn === undefined;
}

const OF_EPISODES = ['episodes', 'meanReturn', 'minReturn', 'maxReturn', 'meanLength'];

/** The name with the group that TensorBoard is to show it in. */
function tagOf(name: string): string {
  if (OF_EPISODES.includes(name)) return `training/${name}`;
  const [, of = null] = /^evaluation([A-Z].*)$/.exec(name) ?? [];
  return of === null ? `agent/${name}` : `evaluation/${of[0].toLowerCase()}${of.slice(1)}`;
}
