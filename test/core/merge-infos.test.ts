import { expect, test } from 'vitest';
import { mergeInfos } from '../../core/merge-infos.ts';

class Place {
  readonly x = 1;
}

test.each([
  ['numbers beside texts', 1, 'a'],
  ['arrays of two lengths', Float32Array.of(1), Float32Array.of(1, 2)],
  ['arrays of two types', Float32Array.of(1), Float64Array.of(1)],
  ['objects beside numbers', { x: 1 }, 1],
  ['objects of a class', new Place(), new Place()],
  ['lists', [1], [2]],
  ['null', null, 1],
  ['views that are no numbers', new BigInt64Array(1), new BigInt64Array(1)],
])('infos that are no numbers of one kind become a list: %s', (_, one, other) => {
  expect(mergeInfos([{ what: one }, {}, { what: other }])).toEqual({
    what: [one, null, other],
    _what: Uint8Array.of(1, 0, 1),
  });
});

test('infos of several types are gathered each in an array of its own', () => {
  const merged = mergeInfos([
    { picture: Uint8Array.of(1, 2), lives: 3, won: true },
    null,
    { picture: Uint8Array.of(3, 4) },
  ]);
  expect(merged).toEqual({
    picture: Uint8Array.of(1, 2, 0, 0, 3, 4),
    _picture: Uint8Array.of(1, 0, 1),
    lives: Float64Array.of(3, 0, 0),
    _lives: Uint8Array.of(1, 0, 0),
    won: Uint8Array.of(1, 0, 0),
    _won: Uint8Array.of(1, 0, 0),
  });
});
