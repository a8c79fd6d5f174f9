import fc from 'fast-check';
import { Alea } from '../../core/alea.ts';
import {
  type AnyBox,
  type BoxDtype,
  box,
  discrete,
  type ElementOf,
  type Space,
} from '../../core/space.ts';
import { dict, graph, oneOf, partNames, sequence, tuple } from '../../core/spaces/composite.ts';
import { multiBinary, multiDiscrete, text } from '../../core/spaces/multi.ts';
import { sample } from '../../core/spaces/sample.ts';

const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 });
const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
const integers = (least: number, most: number, length: number) =>
  fc.array(fc.integer({ min: least, max: most }), { minLength: length, maxLength: length });

const discretes = fc
  .record({ n: fc.integer({ min: 1, max: 6 }), start: fc.integer({ min: -9, max: 9 }) })
  .map(({ n, start }) => discrete(n, { start, labels: start === 0 ? names(n) : [] }));

const names = (n: number) => Array.from({ length: n }, (_, i) => `name ${i}`);

const dtypes = fc.constantFrom<BoxDtype>('float32', 'uint8', 'int32');

/** Bounds that fit the type, infinite ones too. */
function boundOf(dtype: BoxDtype): fc.Arbitrary<number> {
  if (dtype === 'uint8') return fc.integer({ min: 0, max: 255 });
  if (dtype === 'int32') return fc.integer({ min: -(2 ** 24), max: 2 ** 24 });
  return fc.oneof(
    fc.float({ noNaN: true, min: -1000, max: 1000 }),
    fc.constantFrom(-Infinity, Infinity),
  );
}

const boxes: fc.Arbitrary<Space> = fc
  .tuple(shapes, dtypes)
  .chain(([shape, dtype]) => {
    const length = sizeOf(shape);
    const bounds = fc.array(boundOf(dtype), { minLength: length, maxLength: length });
    return fc.tuple(fc.constant(shape), fc.constant(dtype), bounds, bounds);
  })
  .map(([shape, dtype, a, b]) => {
    // No box of Infinity alone: nothing can be drawn from it.
    const low = a.map((x, i) => (Math.min(x, b[i]) === Infinity ? 0 : Math.min(x, b[i])));
    const high = a.map((x, i) => (Math.max(x, b[i]) === -Infinity ? 0 : Math.max(x, b[i])));
    return box(low, high, { shape, dtype }) as AnyBox;
  });

const multiDiscretes = shapes
  .chain((shape) =>
    fc.tuple(fc.constant(shape), integers(1, 5, sizeOf(shape)), integers(-9, 9, sizeOf(shape))),
  )
  .map(([shape, sizes, start]) => multiDiscrete(sizes, { shape, start }));

const texts = fc
  .record({
    minLength: fc.integer({ min: 0, max: 2 }),
    more: fc.integer({ min: 0, max: 3 }),
    charset: fc.uniqueArray(fc.constantFrom(...'01aZé→ß'), { minLength: 1, maxLength: 5 }),
  })
  .map(({ minLength, more, charset }) =>
    text(Math.max(1, minLength + more), { minLength, charset: charset.join('') }),
  );

// Names that objects have by themselves, whole numbers, and letters beyond U+FFFF.
const partName = fc.oneof(
  fc.constantFrom('a', 'b', '10', '9', 'constructor', 'toString', 'length', '\u{1f600}', '\uffff'),
  fc.string({ maxLength: 3 }),
);

/**
 * Any space, at most three deep.
 *
 * @param bounded Whether its elements have a greatest length, so that they fit rows.
 */
export function anySpace(bounded: boolean): fc.Arbitrary<Space> {
  const most = (least: number) => {
    const some = fc.integer({ min: least, max: 3 });
    return bounded ? some : fc.oneof(some, fc.constant(Infinity));
  };
  const { space } = fc.letrec<{ space: Space }>((tie) => {
    const parts = fc.array(tie('space'), { minLength: 1, maxLength: 3 });
    return {
      space: fc.oneof(
        { maxDepth: 2, withCrossShrink: true },
        fc.oneof(
          discretes,
          boxes,
          multiDiscretes,
          shapes.map((shape) => multiBinary(shape)),
          texts,
        ),
        fc
          .dictionary(partName, tie('space'), { minKeys: 1, maxKeys: 3, noNullPrototype: true })
          .map(dict),
        parts.map((spaces) => tuple(spaces)),
        parts.map((spaces) => oneOf(spaces)),
        fc.tuple(tie('space'), most(1)).map(([part, maxLength]) => sequence(part, { maxLength })),
        fc
          .tuple(tie('space'), fc.option(tie('space')), most(1), most(0))
          .map(([node, edge, maxNodes, maxEdges]) => graph(node, edge, { maxNodes, maxEdges })),
      ),
    };
  });
  return space;
}

/** A space with one of its elements, drawn. */
export function anyElement(bounded: boolean): fc.Arbitrary<[Space, ElementOf<Space>]> {
  return fc
    .tuple(anySpace(bounded), fc.nat())
    .map(([space, seed]) => [space, sample(space, new Alea(seed))]);
}

/**
 * An element of no space of this kind and size, made from one that belongs to it: one number, letter
 * or part is wrong.
 *
 * @param choice What is wrong, an integer of at least 0.
 */
// biome-ignore lint/suspicious/noExplicitAny: the kind says what the element is
export function broken(space: Space, element: any, choice: number): unknown {
  const replaced = (list: ArrayLike<unknown>, i: number, item: unknown) =>
    Array.from(list, (old, k) => (k === i ? item : old));
  const pick = (length: number) => choice % length;
  const rest = Math.floor(choice / 7);
  switch (space.kind) {
    case 'discrete':
      return [space.start - 1, space.start + space.n, space.start + 0.5, Number.NaN, '0', null][
        pick(6)
      ];
    case 'box': {
      const i = rest % space.low.length;
      const wrong = [Number.NaN, '0', null, undefined];
      if (space.high[i] < Infinity)
        wrong.push(space.high[i] + Math.max(1, Math.abs(space.high[i])));
      if (space.low[i] > -Infinity) wrong.push(space.low[i] - Math.max(1, Math.abs(space.low[i])));
      if (space.dtype !== 'float32') wrong.push(space.low[i] + 0.5);
      return choice % 9 === 8 ? [...element, 0] : replaced(element, i, wrong[pick(wrong.length)]);
    }
    case 'multi-discrete': {
      const i = rest % space.sizes.length;
      const wrong = [space.start[i] - 1, space.start[i] + space.sizes[i], space.start[i] + 0.5];
      return choice % 4 === 3 ? Array.from(element).slice(1) : replaced(element, i, wrong[pick(3)]);
    }
    case 'multi-binary':
      return choice % 4 === 3
        ? [...element, 1]
        : replaced(element, rest % element.length, [2, -1, 0.5][pick(3)]);
    case 'text':
      return [`${element}${'0'.repeat(space.maxLength)}0`, `${element.slice(1)}☠`, 3, null][
        pick(4)
      ];
    case 'dict': {
      const own = partNames(space);
      const name = own[rest % own.length];
      const { [name]: part, ...others } = element;
      if (choice % 5 === 4) return { ...element, 'no such part': 0 };
      if (choice % 5 === 3) return others;
      return { ...element, [name]: broken(space.spaces[name], part, rest) };
    }
    case 'tuple': {
      const i = rest % space.spaces.length;
      if (choice % 5 === 4) return [...element, element[0]];
      return replaced(element, i, broken(space.spaces[i], element[i], rest));
    }
    case 'sequence':
      if (element.length === 0 || choice % 5 === 4) return { length: 1 };
      return replaced(element, 0, broken(space.space, element[0], rest));
    case 'graph':
      if (choice % 5 === 4) return { ...element, nodes: [] };
      if (choice % 5 === 3) return { ...element, edgeLinks: [0, element.nodes.length] };
      if (choice % 5 === 2) return { ...element, edgeLinks: [0] };
      return {
        ...element,
        nodes: replaced(element.nodes, 0, broken(space.nodeSpace, element.nodes[0], rest)),
      };
    case 'one-of':
      if (choice % 5 === 4) return [space.spaces.length, element[1]];
      return [element[0], broken(space.spaces[element[0]], element[1], rest)];
  }
}
