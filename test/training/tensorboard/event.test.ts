import { describe, expect, test } from 'vitest';
import { crc32c } from '../../../training/tensorboard/crc32c.ts';
import {
  encodeFileVersion,
  encodeScalars,
  encodeSessionStart,
  eventsEnd,
} from '../../../training/tensorboard/event.ts';
import { ProtobufWriter, readInteger } from '../../../training/tensorboard/protobuf.ts';
import { encodeRecord, readRecords } from '../../../training/tensorboard/tf-record.ts';
import golden from '../../golden/tensorboard.json' with { type: 'json' };
import { decodeEvents } from '../../helpers/event-file.ts';

const hex = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('hex');
const SCALARS = { steps: 300, episodes: 7, meanReturn: 0.1, loss: null, größe: -3 };

test.each([
  ['123456789', Buffer.from('123456789'), 0xe3069283],
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 bytes 255', new Uint8Array(32).fill(255), 0x62a8ab43],
  ['0 … 31', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ['31 … 0', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
])('CRC-32C of %s is that of RFC 3720', (_, bytes, crc) => {
  expect(crc32c(bytes)).toBe(crc);
});

describe('an event is the bytes that TensorBoard writes', () => {
  test('of the version that a file opens with', () => {
    expect(hex(encodeFileVersion(1.5))).toBe(golden.fileVersion);
  });

  test('of the start of a session, at a step above 2³²', () => {
    expect(hex(encodeSessionStart(1.5, 2 ** 40 + 300))).toBe(golden.sessionStart);
  });

  test('of scalars', () => {
    const record = { steps: 300, meanReturn: 0.1, größe: -3, evaluationMinReturn: 1.5e10 };
    expect(hex(encodeScalars(2.25, record as never))).toBe(golden.scalars);
  });
});

describe('a line of metrics', () => {
  test('has a scalar for each number, in groups', () => {
    const record = { ...SCALARS, minReturn: -1, maxReturn: 2, meanLength: 3.5 };
    const [event] = decodeEvents(encodeScalars(3, record) as Uint8Array);
    expect(event).toEqual({
      wallTime: 3,
      step: 300,
      scalars: {
        'training/episodes': 7,
        'training/meanReturn': Math.fround(0.1),
        'training/minReturn': -1,
        'training/maxReturn': 2,
        'training/meanLength': 3.5,
        'agent/größe': -3,
      },
    });
  });

  test('of an evaluation says nothing of the episodes of training', () => {
    const record = { steps: 5, episodes: 2, evaluationReturn: 4, evaluationLength: 6 };
    const [{ scalars }] = decodeEvents(encodeScalars(3, record) as Uint8Array);
    expect(scalars).toEqual({ 'evaluation/return': 4, 'evaluation/length': 6 });
  });

  test('without a number is no event', () => {
    const record = { steps: 5, loss: null } as never;
    expect(encodeScalars(3, record)).toBeNull();
  });
});

describe('an event file is cut', () => {
  const parts = [
    encodeFileVersion(1),
    ...[100, 200, 300].map((steps) => encodeScalars(1, { ...SCALARS, steps }) as Uint8Array),
  ];
  const file = Buffer.concat(parts);
  const endOf = (count: number) => Buffer.concat(parts.slice(0, count)).length;

  test.each([
    [0, 1],
    [99, 1],
    [100, 2],
    [250, 3],
    [300, 4],
    [10_000, 4],
  ])('to what was there at step %i', (steps, count) => {
    expect(eventsEnd(file, steps)).toBe(endOf(count));
  });

  test('before the first record that is not whole', () => {
    for (let end = endOf(3); end < endOf(4); end++) {
      expect(eventsEnd(file.subarray(0, end), 300)).toBe(endOf(3));
    }
  });

  test('before the first record with a wrong byte, wherever that is', () => {
    for (let at = endOf(2); at < endOf(3); at++) {
      const damaged = Buffer.from(file);
      damaged[at] ^= 0x40;
      expect(eventsEnd(damaged, 300), `byte ${at}`).toBe(endOf(2));
    }
  });

  test('before a record that is no event', () => {
    const odd = Buffer.concat([parts[0], encodeRecord(Uint8Array.of(0x0a, 0x05, 1))]);
    expect(eventsEnd(odd, 300)).toBe(endOf(1));
  });
});

test('records come back as they were, up to empty ones', () => {
  const records = [[1, 2, 3], [], [255]].map((bytes) => Uint8Array.from(bytes));
  const file = Buffer.concat(records.map(encodeRecord));
  expect([...readRecords(file)].map(({ data }) => [...data])).toEqual([[1, 2, 3], [], [255]]);
});

test('an integer is read from among fields of every kind', () => {
  const message = new ProtobufWriter()
    .double(1, 2.5)
    .float(3, 1)
    .text(4, 'x'.repeat(200))
    .integer(9, 5)
    .integer(2, 2 ** 52 + 1)
    .finish();
  expect(readInteger(message, 2)).toBe(2 ** 52 + 1);
  expect(readInteger(message, 9)).toBe(5);
  expect(readInteger(message, 8)).toBe(0);
  expect(readInteger(message.subarray(0, 8), 2)).toBeNull(); // the double is cut
  expect(readInteger(new Uint8Array(40).fill(255), 2)).toBeNull(); // an endless number
  expect(readInteger(Uint8Array.of(0x0b), 2)).toBeNull(); // a group, which no event has
});
