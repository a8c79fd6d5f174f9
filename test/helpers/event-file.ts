/** An event of an event file, as far as ours are made of them. */
export interface DecodedEvent {
  readonly wallTime: number;
  readonly step: number;
  readonly fileVersion?: string;
  readonly sessionStatus?: number;
  readonly scalars: Readonly<Record<string, number>>;
}

/** CRC-32C bit by bit: slow, and independent of tables. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (crc ^ byte) >>> 0;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0x82f63b78);
    crc >>>= 0;
  }
  return ~crc >>> 0;
}

function isMasked(bytes: Uint8Array, masked: number): boolean {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return crc32c(bytes) === ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

type Field = number | Buffer; // a varint, or bytes

/** The fields of a protobuf message: number and value, in order. */
function* fields(message: Buffer): Generator<[number, Field]> {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 128) return Number(value);
    }
  };
  while (at < message.length) {
    const tag = varint();
    const length = [0, 8, -1, 0, 0, 4][tag & 7];
    if (length === 0) yield [tag >> 3, varint()];
    else {
      const size = length === -1 ? varint() : length;
      yield [tag >> 3, message.subarray(at, at + size)];
      at += size;
    }
  }
}

function decodeScalars(summary: Buffer): Record<string, number> {
  const scalars: Record<string, number> = {};
  for (const [, value] of fields(summary)) {
    const parts = new Map(fields(value as Buffer));
    scalars[String(parts.get(1))] = (parts.get(2) as Buffer).readFloatLE();
  }
  return scalars;
}

function decodeEvent(data: Buffer): DecodedEvent {
  const parts = new Map(fields(data));
  const session = parts.get(7) as Buffer | undefined;
  const status = session && new Map(fields(session)).get(1);
  return {
    wallTime: (parts.get(1) as Buffer).readDoubleLE(),
    step: (parts.get(2) as number | undefined) ?? 0,
    ...(parts.has(3) ? { fileVersion: String(parts.get(3)) } : {}),
    ...(status === undefined ? {} : { sessionStatus: status as number }),
    scalars: parts.has(5) ? decodeScalars(parts.get(5) as Buffer) : {},
  };
}

/** The events of a file, read without any code of ours; an error where a checksum is wrong. */
export function decodeEvents(file: Uint8Array): DecodedEvent[] {
  const bytes = Buffer.from(file);
  const events: DecodedEvent[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = Number(bytes.readBigUInt64LE(at));
    const data = bytes.subarray(at + 12, at + 12 + size);
    const right =
      isMasked(bytes.subarray(at, at + 8), bytes.readUInt32LE(at + 8)) &&
      isMasked(data, bytes.readUInt32LE(at + 12 + size));
    if (!right) throw new Error(`the record at byte ${at} has a wrong checksum.`);
    events.push(decodeEvent(data));
    at += 16 + size;
  }
  return events;
}
