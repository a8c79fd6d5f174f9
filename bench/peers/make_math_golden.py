"""Records values of the elementary functions, correctly rounded, in test/golden/math.json.

Run from the repository's root, with mpmath installed (pip install mpmath):

    python bench/peers/make_math_golden.py

A line of the file holds the argument or arguments and the rounded result as the 16 hexadecimal digits
of a double, then what the true value has more than the rounded one, in units in the last place.
"""

import json
import math
import pathlib
import random
import struct

import mpmath
from mpmath import mp, mpf

mp.prec = 2600
OUT = pathlib.Path(__file__).resolve().parents[2] / 'test' / 'golden' / 'math.json'
COUNT = 360
rng = random.Random(20260101)


def bits(value):
    return struct.pack('>d', value).hex()


def number(digits):
    return struct.unpack('>d', bytes.fromhex(digits))[0]


def next_to(center):
    """A double a few places from the center, or many: small distances are as likely as large ones."""
    steps = rng.getrandbits(32) >> rng.randrange(33)
    return number(f'{int(bits(center), 16) + rng.choice((-1, 1)) * steps:016x}')


def exponents(low, high):
    return lambda: math.ldexp(1 + rng.random(), rng.randint(low, high))


def between(low, high):
    return lambda: rng.uniform(low, high)


def around(*centers):
    return lambda: next_to(rng.choice(centers))


def signed(draw):
    return lambda: rng.choice((-1, 1)) * draw()


def above_minus_one():
    return -1 + math.ldexp(1 + rng.random(), rng.randint(-53, -2))


def near_one():
    return 1 - math.ldexp(1 + rng.random(), rng.randint(-54, -2))


def quarter_turns():
    return next_to(float(mp.pi / 2 * rng.getrandbits(rng.randint(1, 60)) + mp.pi / 2))


def power_anywhere():
    exponent = rng.randint(1, 1023)
    x = math.ldexp(1 + rng.random(), rng.choice((-1, 1)) * exponent)
    return x, rng.uniform(-1075, 1075) / exponent


def power_near_one():
    distance = rng.choice((-1, 1)) * math.ldexp(1 + rng.random(), rng.randint(-52, -3))
    return 1 + distance, rng.uniform(-745, 745) / distance


def comparable():
    exponent = rng.randint(-1040, 980)
    return signed(exponents(exponent, exponent))(), signed(exponents(exponent - 34, exponent + 43))()


def two(first, second):
    return lambda: (first(), second())


anywhere = signed(exponents(-1074, 1023))
hardest = math.ldexp(6381956970095103, 797)
angles = [
    anywhere, signed(between(0, 7)), signed(between(0, 1e6)), signed(exponents(-40, 40)), signed(quarter_turns),
    signed(around(math.pi / 4, math.pi / 2, math.pi, 45.553093477052, 321307.9594422229, hardest)),
]
sines = [signed(exponents(-1074, -1)), signed(between(0, 1)), signed(exponents(-40, -1)), signed(near_one)]
positive = exponents(-1074, 1023)
logarithms = [positive, between(0, 2), between(0.9, 1.1), exponents(-40, 40), around(1, 10, 1e15, 2)]
growing = [signed(exponents(-1074, 8)), signed(between(0, 1)), signed(between(0, 30)), signed(between(0, 710))]

DRAWS = {
    'sin': angles, 'cos': angles, 'tan': angles, 'asin': sines, 'acos': sines,
    'atan': [anywhere, signed(between(0, 1)), signed(between(0, 20)), signed(exponents(-40, 70)), around(1, 0.5)],
    'sinh': growing + [signed(around(0.25, 22, 710.4758600739439))],
    'cosh': growing + [signed(around(22, 710.4758600739439))],
    'tanh': [signed(exponents(-1074, 8)), signed(between(0, 1)), signed(between(0, 22)), signed(exponents(-40, 4))],
    'asinh': [anywhere, signed(between(0, 1)), signed(between(0, 100)), signed(exponents(-40, 40))],
    'acosh': [exponents(0, 1023), between(1, 2), between(1, 100), lambda: 1 + exponents(-52, 0)()],
    'atanh': sines,
    'exp': growing + [between(-745.2, -708), around(709.782712893384, -744.4400719213812, -708.3964185322641)],
    'expm1': growing + [signed(exponents(-60, 3)), around(0.125, -0.125, 45.0)],
    'log': logarithms, 'log2': logarithms, 'log10': logarithms,
    'log1p': [positive, between(-1, 1), signed(exponents(-60, -1)), exponents(-60, 60), above_minus_one],
    'cbrt': [anywhere, signed(between(0, 1)), signed(between(0, 1000)), signed(around(1, 8))],
    'atan2': [two(signed(between(0, 10)), signed(between(0, 10))), two(anywhere, anywhere), comparable,
              two(signed(exponents(-20, 20)), signed(exponents(-20, 20)))],
    'hypot': [two(signed(between(0, 10)), signed(between(0, 10))), two(anywhere, anywhere), comparable,
              two(signed(exponents(-20, 20)), signed(exponents(-20, 20))),
              two(exponents(-1074, -1000), exponents(-1074, -1000))],
    'pow': [two(between(0, 10), signed(between(0, 10))), power_anywhere, power_near_one,
            two(signed(exponents(-20, 20)), lambda: float(rng.randint(-40, 40))),
            two(exponents(-1074, -1000), signed(between(0, 2)))],
}

EXACT = {name: getattr(mpmath, name) for name in DRAWS if hasattr(mpmath, name)}
EXACT['pow'] = mpmath.power
EXACT['log2'] = lambda x: mpmath.log(x) / mpmath.ln(2)
EXACT['log10'] = lambda x: mpmath.log(x) / mpmath.ln(10)
EXACT['cbrt'] = lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x))


def rounded(value):
    """The nearest double, ties to even, and what is left, in units in the last place."""
    if value == 0:
        return 0.0, mpf(0)
    exponent = max(int(mpmath.floor(mpmath.log(abs(value), 2))), -1022) - 52
    in_units = value / mpf(2) ** exponent
    units = mpmath.nint(in_units)
    if abs(units) * mpf(2) ** exponent >= mpf(2) ** 1024:
        return math.copysign(math.inf, value), mpf(0)
    return math.ldexp(int(units), exponent), in_units - units


def line(name, arguments):
    result, rest = rounded(EXACT[name](*(mpf(a) for a in arguments)))
    return ' '.join([*map(bits, arguments), bits(result), mpmath.nstr(rest, 12)])


lines = {}
for name, draws in DRAWS.items():
    points = [draws[i % len(draws)]() for i in range(COUNT)]
    lines[name] = [line(name, p if isinstance(p, tuple) else (p,)) for p in points]
source = f'mpmath {mpmath.__version__}, {mp.prec} bits, by bench/peers/make_math_golden.py'
OUT.write_text(json.dumps({'source': source, 'functions': lines}, indent=0) + '\n')
print(OUT, OUT.stat().st_size, 'bytes')
