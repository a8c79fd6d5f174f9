"""Records what NumPy's generators draw in test/golden/rng.json.

Run from the repository's root, with NumPy 2 installed (pip install numpy):

    python bench/peers/make_rng_golden.py

A digest is the start of a SHA-256 over the first 10², 10³, … values as little-endian doubles. Normal
draws hold logarithms, which the C library makes: those of the ziggurat's tail stand apart, with 0 in
their place in the digest, and those of RandomState are rounded to float32 for it, as are those among
other calls.
"""

import ctypes
import hashlib
import json
import pathlib
import threading

import numpy as np

OUT = pathlib.Path(__file__).resolve().parents[2] / 'test' / 'golden' / 'rng.json'
COUNT = 10**5
TAIL = 3.6541528853610088
SEEDS = [0, 1, 42, 2**32 - 1, 2**53 - 1]
BIG_SEEDS = [2**32, 2**64 + 5, 2**128 - 1, 2**128, 2**128 + 1, 2**200 + 7, 10**100]
BELOW = [1, 2, 3, 6, 7, 10, 1000, 2**16 + 1, 2**31, 2**31 + 1, 2**32 - 1, 2**32, 2**32 + 1, 2**40 + 3,
         2**64 // 2049 + 1, 2**53 - 1, 2**53]
CYCLE = ['uniform', 'uint32', 'below 6', 'normal', 'uint32', 'below 1', 'below 3', 'uint32', 'uniform',
         'below 3000000000', 'uint32', 'below 5000000000', 'normal', 'below 13']


def digest(values):
    return hashlib.sha256(np.asarray(values, '<f8').tobytes()).hexdigest()[:16]


def digests(values):
    sizes = [10**k for k in range(2, 7) if 10**k <= len(values)]
    return [digest(values[:n]) for n in sizes]


def record(values):
    values = np.asarray(values, np.float64)
    return {'first': values[:5].tolist(), 'digests': digests(values)}


def record_ziggurat(values):
    tail = np.abs(values) > TAIL
    found = [[int(i), float(values[i])] for i in np.flatnonzero(tail)]
    return {**record(np.where(tail, 0, values)), 'tail': found}


def record_polar(values):
    return {'first': values[:5].tolist(), 'digests': digests(values.astype(np.float32))}


def interleaved(calls):
    """The calls of CYCLE, over and over, one at a time: each meets what the others have left behind."""
    values = []
    for i in range(COUNT // 10):
        name, _, n = CYCLE[i % len(CYCLE)].partition(' ')
        value = calls[name](int(n)) if n else calls[name]()
        values.append(np.float32(value) if name == 'normal' else value)
    return record(values)


def pcg64(seed):
    fresh = lambda: np.random.default_rng(seed)
    rng = fresh()
    calls = {'uniform': rng.random, 'normal': rng.standard_normal, 'below': lambda n: rng.integers(0, n),
             'uint32': lambda: rng.integers(0, 2**32)}
    return {
        'seed': seed,
        'uniform': record(fresh().random(COUNT)),
        'uint32': record(fresh().integers(0, 2**32, COUNT)),
        'below': {n: digest(fresh().integers(0, n, COUNT // 10)) for n in BELOW},
        'normal': record_ziggurat(fresh().standard_normal(COUNT * (10 if seed == 42 else 1))),
        'interleaved': interleaved(calls),
    }


def mt19937(seed):
    fresh = lambda: np.random.RandomState(seed)
    rng = fresh()
    calls = {'uniform': rng.rand, 'normal': rng.randn, 'below': lambda n: rng.randint(0, n, dtype=np.int64),
             'uint32': lambda: rng.randint(0, 2**32, dtype=np.int64)}
    return {
        'seed': seed,
        'uniform': record(fresh().rand(COUNT)),
        'uint32': record(fresh().randint(0, 2**32, COUNT, dtype=np.int64)),
        'below': {n: digest(fresh().randint(0, n, COUNT // 10, dtype=np.int64)) for n in BELOW},
        'normal': record_polar(fresh().randn(COUNT)),
        'interleaved': interleaved(calls),
    }


def seed_sequence(seed):
    return {'seed': str(seed), 'words': np.random.SeedSequence(seed).generate_state(10).tolist()}


class Scripted(threading.local):
    """A bit generator that gives what it is told, so that one normal draw shows one layer of the ziggurat."""

    WORD = ctypes.CFUNCTYPE(ctypes.c_uint64, ctypes.c_void_p)
    HALF = ctypes.CFUNCTYPE(ctypes.c_uint32, ctypes.c_void_p)
    DOUBLE = ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_void_p)

    class Functions(ctypes.Structure):
        pass

    Functions._fields_ = [('state', ctypes.c_void_p), ('word', WORD), ('half', HALF), ('double', DOUBLE),
                          ('raw', WORD)]

    def __init__(self):
        self.lock = threading.Lock()
        self.words, self.doubles = [], []
        word = self.WORD(lambda _: self.words.pop(0))
        double = self.DOUBLE(lambda _: self.doubles.pop(0))
        self.functions = self.Functions(None, word, self.HALF(lambda _: 0), double, word)
        new_capsule = ctypes.pythonapi.PyCapsule_New
        new_capsule.restype, new_capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
        self.capsule = new_capsule(ctypes.addressof(self.functions), b'BitGenerator', None)
        self.rng = np.random.Generator(self)

    def normal(self, layer, size, height=0.0):
        """The draw, and whether it was taken at once, in the end, or not at all."""
        self.words, self.doubles = [layer | size << 9, 200 | 1 << 9], [height] + [0.5] * 4
        value = self.rng.standard_normal()
        if len(self.words) == 0:
            return value, 'refused'
        return value, 'at once' if len(self.doubles) == 5 else 'taken'


def last_true(low, high, holds):
    """The last integer for which `holds` in [low, high), given that it does up to some point; low − 1 for none."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            low = middle + 1
        else:
            high = middle
    return low - 1


def ziggurat():
    """The layers' scales and inner parts, and how high the curve is beyond those, as NumPy's draws show them."""
    scripted = Scripted()
    scale = [scripted.normal(layer, 2**40)[0] / 2**40 for layer in range(256)]
    inner = [last_true(0, 2**52, lambda size: scripted.normal(layer, size)[1] == 'at once') + 1
             for layer in range(256)]
    shares = []
    for layer in range(1, 256):
        size = (inner[layer] + 2**52) // 2
        taken = lambda k: scripted.normal(layer, size, k * 2.0**-53)[1] == 'taken'
        shares.append(last_true(0, 2**53, taken) * 2.0**-53)
    return {'scale': digest(scale), 'inner': digest(inner), 'shares': digest(shares)}


golden = {
    '_doc': 'made by bench/peers/make_rng_golden.py',
    'numpy': np.__version__,
    'cycle': CYCLE,
    'seedSequence': [seed_sequence(seed) for seed in SEEDS + BIG_SEEDS],
    'ziggurat': ziggurat(),
    'pcg64': [pcg64(seed) for seed in SEEDS],
    'mt19937': [mt19937(seed) for seed in SEEDS if seed < 2**32],
}
OUT.write_text(json.dumps(golden, separators=(',', ':')) + '\n')
