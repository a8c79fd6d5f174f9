"""Derives the float32 polynomials of networks/simd/assembly/elementary.ts from 40-digit arithmetic.

Run from the repository's root, with mpmath installed (pip install mpmath):

    python bench/peers/lane_coefficients.py            prints them with their errors
    python bench/peers/lane_coefficients.py --check    fails unless every one stands in the source
"""

import pathlib
import struct
import sys

from mpmath import atanh, erfc, exp, expm1, fabs, floor, log, mp, mpf, polyval, sqrt

from remez import minimax

mp.dps = 40
CHECK = '--check' in sys.argv
SOURCE = pathlib.Path(__file__).resolve().parents[2] / 'networks/simd/assembly/elementary.ts'
source = SOURCE.read_text() if CHECK else ''
missing = []


def single(value):
    """The nearest float32."""
    return mpf(struct.unpack('f', struct.pack('f', float(value)))[0])


def show(name, value):
    line = f'const {name}: f32 = {float(value):.9g};'
    if not CHECK:
        print(line)
    elif line not in source:
        missing.append(name)


def polynomial(name, function, low, high, count):
    """Coefficients for the smallest relative error, and that error once they are float32."""
    low, high = mpf(low), mpf(high)
    exact = minimax(function, low, high, count, lambda t: 1 / function(t))
    rounded = [single(c) for c in exact]
    for power, coefficient in enumerate(rounded):
        show(f'{name}_{power}', coefficient)
    if not CHECK:
        points = [low + (high - low) * (i + mpf(1) / 3) / 500 for i in range(500)]
        worst = max(fabs(polyval(rounded[::-1], t) / function(t) - 1) for t in points)
        print(f'// error 2^{float(log(worst, 2)):.1f}\n')


ln2 = log(2)
high = floor(ln2 * 2**15) / 2**15  # its products with up to 2⁸ are exact
show('LN2_HIGH', high)
show('LN2_LOW', single(ln2 - high))
show('LOG2_E', single(1 / ln2))
# (eˣ − 1 − x) / x²
polynomial('EXP', lambda x: (expm1(x) - x) / x**2, -0.3475, 0.3476, 5)
# (2 artanh s − 2 s) / s³, t = s²
polynomial('LOG', lambda t: 2 * (atanh(sqrt(t)) - sqrt(t)) / sqrt(t) ** 3, 1e-9, mpf(1) / 9, 5)


def tail(u):
    """Φ(−a) exp(a² / 2) (a + 3) with u = (a − 3) / (a + 3)."""
    a = 3 * (1 + u) / (1 - u)
    return erfc(a / sqrt(2)) / 2 * exp(a * a / 2) * (a + 3)


polynomial('TAIL', tail, -1, mpf(11) / 17, 9)

if missing:
    sys.exit(f'not in {SOURCE.name}: {", ".join(missing)}')
