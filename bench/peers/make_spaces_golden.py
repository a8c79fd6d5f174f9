"""Records what Gymnasium's spaces draw and how they flatten in test/golden/spaces.json.

Run from the repository's root, with Gymnasium 1.4 and NumPy 2 installed
(pip install gymnasium==1.4.0):

    python bench/peers/make_spaces_golden.py

Spaces are written as JSON that Palaestra's `spaceFromJson` reads. Numbers of float32 arrays are
written as the doubles that they are.
"""

import json
import pathlib
from copy import deepcopy

import gymnasium
import numpy as np
from gymnasium import spaces
from gymnasium.vector.utils import batch_space, concatenate, create_empty_array

OUT = pathlib.Path(__file__).resolve().parents[2] / 'test' / 'golden' / 'spaces.json'
SEEDS = [0, 42, 2**31 - 1]
DRAWS = 12


def number(x):
    x = x.item() if isinstance(x, np.generic) else x
    return x if np.isfinite(x) else str(x).replace('inf', 'Infinity')


def numbers(array):
    return [number(x) for x in np.asarray(array).flatten()]


def space_json(space):
    """The space as Palaestra writes it; arrays flat."""
    match space:
        case spaces.Discrete():
            return {'kind': 'discrete', 'n': int(space.n), 'start': int(space.start), 'labels': []}
        case spaces.Box():
            return {'kind': 'box', 'shape': list(space.shape), 'dtype': str(space.dtype), 'low': numbers(space.low),
                    'high': numbers(space.high), 'labels': []}
        case spaces.MultiDiscrete():
            return {'kind': 'multi-discrete', 'shape': list(space.shape), 'sizes': numbers(space.nvec),
                    'start': numbers(space.start), 'labels': []}
        case spaces.MultiBinary():
            return {'kind': 'multi-binary', 'shape': list(space.shape), 'labels': []}
        case spaces.Text():
            return {'kind': 'text', 'minLength': space.min_length, 'maxLength': space.max_length,
                    'charset': ''.join(space.character_list)}
        case spaces.Dict():
            return {'kind': 'dict', 'spaces': {name: space_json(part) for name, part in space.spaces.items()}}
        case spaces.Tuple():
            return {'kind': 'tuple', 'spaces': [space_json(part) for part in space.spaces]}
        case spaces.OneOf():
            return {'kind': 'one-of', 'spaces': [space_json(part) for part in space.spaces]}
        case spaces.Sequence():
            return {'kind': 'sequence', 'space': space_json(space.feature_space), 'maxLength': 'Infinity'}
    raise TypeError(space)


def element_json(space, x):
    match space:
        case spaces.Discrete():
            return int(x)
        case spaces.Text():
            return x
        case spaces.Dict():
            return {name: element_json(part, x[name]) for name, part in space.spaces.items()}
        case spaces.Tuple():
            return [element_json(part, y) for part, y in zip(space.spaces, x, strict=True)]
        case spaces.OneOf():
            return [int(x[0]), element_json(space.spaces[x[0]], x[1])]
        case spaces.Sequence():
            return [element_json(space.feature_space, item) for item in x]
    return numbers(x)


def mask_json(mask):
    """Masks and probabilities: arrays, numbers, None, and tuples and dicts of these."""
    if isinstance(mask, dict):
        return {name: mask_json(part) for name, part in mask.items()}
    if isinstance(mask, tuple):
        return [mask_json(part) for part in mask]
    return numbers(mask) if isinstance(mask, np.ndarray) else mask


def box(low, high, dtype=np.float32):
    return spaces.Box(np.array(low, dtype), np.array(high, dtype), dtype=dtype)


def bits(*values):
    return np.array(values, np.int8)


def chances(*values):
    return np.array(values, np.float64)


INF = np.inf
DISCRETE = spaces.Discrete(5, start=-2)
MULTI = spaces.MultiDiscrete(np.array([[2, 3, 4], [5, 1, 7]]), start=np.array([[0, -1, 5], [10, 3, 0]]))
BINARY = spaces.MultiBinary(7)
TEXT = spaces.Text(6, min_length=1, charset='zyxab')
PARTS = spaces.Dict({'position': box([-1, 0], [1, 9]), 'gear': spaces.Discrete(3, start=1), 'lamps': spaces.MultiBinary(3)})
EITHER = spaces.OneOf([spaces.Discrete(4), box([2, 2, 2], [3, 3, 3]), spaces.MultiBinary(2)])

# Those whose draws Palaestra gives to the bit.
SPACES = {
    'discrete': spaces.Discrete(6),
    'discrete of one': spaces.Discrete(1),
    'discrete with a start': DISCRETE,
    'discrete of many': spaces.Discrete(2**31 - 1),
    'box': box([[-1.5, 0, 3], [0.1, -7, 1e-3]], [[1.5, 1, 3], [0.2, 1e6, 2e-3]]),
    'box without bounds': box([-INF, 0, -INF], [INF, 1, INF]),
    'box of bytes': spaces.Box(0, 255, (2, 2), np.uint8),
    'box of integers': box([-5, 0, 100], [5, 0, 10**6], np.int32),
    'multi-discrete': MULTI,
    'multi-binary': BINARY,
    'multi-binary of two axes': spaces.MultiBinary([2, 3]),
    'text': TEXT,
    'text of any letters': spaces.Text(9, min_length=0),
    'dict': PARTS,
    'tuple': spaces.Tuple([spaces.Discrete(2), spaces.Tuple([BINARY, spaces.Discrete(9)]), TEXT]),
    'one of': EITHER,
    # A space that stands in two places has one generator for both, hence the copy.
    'nested': spaces.Dict({'b': spaces.Tuple([PARTS, EITHER]), 'a': spaces.OneOf([deepcopy(PARTS), spaces.Discrete(2)]),
                           '10': spaces.Discrete(3), '9': spaces.Discrete(7), 'Z': MULTI}),
}

MASKED = [
    (DISCRETE, 'mask', bits(0, 1, 0, 1, 1)),
    (DISCRETE, 'mask', bits(0, 0, 0, 0, 1)),
    (DISCRETE, 'probability', chances(0.5, 0, 0.2, 0.3, 0)),
    (spaces.MultiDiscrete([2, 3], start=[5, -1]), 'mask', (bits(0, 1), bits(1, 0, 1))),
    (spaces.MultiDiscrete([2, 3], start=[5, -1]), 'probability', (chances(0.9, 0.1), chances(0.25, 0.25, 0.5))),
    (BINARY, 'mask', bits(2, 0, 1, 2, 2, 1, 2)),
    (BINARY, 'probability', chances(0, 1, 0.5, 0.1, 0.9, 0.3, 0.7)),
    (TEXT, 'mask', (None, bits(0, 1, 0, 1, 1))),
    (TEXT, 'mask', (4, None)),
    (TEXT, 'probability', (3, chances(0.1, 0.2, 0.3, 0.4, 0))),
    (PARTS, 'mask', {'position': None, 'gear': bits(1, 0, 1), 'lamps': bits(2, 1, 2)}),
    (spaces.Tuple([DISCRETE, BINARY]), 'probability', (chances(0.2, 0.2, 0.2, 0.2, 0.2), None)),
    (EITHER, 'mask', (bits(0, 0, 1, 1), None, bits(2, 1))),
    (spaces.Sequence(DISCRETE), 'mask', (3, bits(1, 1, 0, 0, 1))),
    (spaces.Sequence(DISCRETE), 'mask', (np.array([1, 4, 0]), None)),
    (spaces.Sequence(TEXT), 'probability', (2, (None, chances(0, 0, 0.5, 0.5, 0)))),
]


def draws(space, seed, **options):
    space.seed(seed)
    return [element_json(space, space.sample(**options)) for _ in range(DRAWS)]


def masked(space, kind, mask):
    return {'space': space_json(space), kind: mask_json(mask), 'draws': draws(space, 7, **{kind: mask})}


def flattened(space):
    space.seed(1)
    elements = [space.sample() for _ in range(4)]
    flat_space = spaces.utils.flatten_space(space)
    flat = [spaces.flatten(space, element) for element in elements]
    for element, numbers_ in zip(elements, flat, strict=True):
        assert element_json(space, spaces.unflatten(space, numbers_)) == element_json(space, element)
    return {
        'space': space_json(space),
        'size': int(spaces.flatdim(space)),
        'low': numbers(flat_space.low.astype(np.float32)),
        'high': numbers(flat_space.high.astype(np.float32)),
        'elements': [element_json(space, element) for element in elements],
        'flat': [numbers(f.astype(np.float32)) for f in flat],
    }


def batched(space):
    space.seed(2)
    elements = [space.sample() for _ in range(3)]
    whole = batch_space(space, 3)
    batch = concatenate(space, elements, create_empty_array(space, 3))
    return {
        'space': space_json(space),
        'elements': [element_json(space, element) for element in elements],
        'batch': element_json(whole, batch),
    }


FLAT = {name: space for name, space in SPACES.items() if name != 'discrete of many'}
golden = {
    '_doc': 'made by bench/peers/make_spaces_golden.py',
    'gymnasium': gymnasium.__version__,
    'numpy': np.__version__,
    'seeds': SEEDS,
    'seeded': {name: {'space': space_json(space), 'draws': [draws(space, seed) for seed in SEEDS]}
               for name, space in SPACES.items()},
    'masked': [masked(*case) for case in MASKED],
    'flat': {name: flattened(space) for name, space in FLAT.items()},
    'batched': {name: batched(space) for name, space in FLAT.items()},
}
OUT.write_text(json.dumps(golden, separators=(',', ':')) + '\n')
