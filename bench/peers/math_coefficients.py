"""Derives every coefficient, constant and table of core/math from 80-digit arithmetic.

Run from the repository's root, with mpmath installed (pip install mpmath):

    python bench/peers/math_coefficients.py            prints polynomials and constants with their errors,
                                                       and writes the files core/math/*-table.ts
    python bench/peers/math_coefficients.py --check    writes nothing; fails unless every number derived
                                                       here stands in the files under core/math

Polynomials are the best possible for the error that the function cares about (Remez's algorithm;
Muller, "Elementary Functions", 3rd edition, section 3.2), with coefficients rounded to doubles.
"""

import pathlib
import sys

from mpmath import asin, atan, cbrt, cos, e, expm1, fabs, floor, ln, log, log1p
from mpmath import mp, mpf, nint, pi, polyval, sin, sinh, sqrt, tanh

from remez import minimax

mp.dps = 80
CHECK = '--check' in sys.argv
FOLDER = pathlib.Path(__file__).resolve().parents[2] / 'core' / 'math'
SOURCES = ''.join(path.read_text() for path in [FOLDER.parent / 'math.ts', *sorted(FOLDER.glob('*.ts'))])
missing = []


def text(value):
    """The shortest decimal that reads back as the same double, as JavaScript and Biome write it."""
    digits = repr(float(value))
    return digits[:-2] if digits.endswith('.0') else digits.replace('e-0', 'e-')


def show(name, value):
    """Prints one constant, or checks that the sources hold it."""
    if CHECK:
        if text(fabs(value)) not in SOURCES:
            missing.append(name)
    else:
        print(f'const {name} = {text(value)};')


def top_bits(value, bits):
    """`value` cut after `bits` significant bits."""
    scale = mpf(2) ** (bits - 1 - floor(log(fabs(value), 2)))
    return floor(value * scale) / scale


def double(value):
    return mpf(float(value))


def in_two(name, value, bits=53):
    """A constant as a sum: HIGH of `bits` bits, and LOW the rest."""
    high = double(value) if bits == 53 else top_bits(value, bits)
    show(f'{name}_HIGH', high)
    show(f'{name}_LOW', value - high)


def polynomial(name, function, low, high, count, weight):
    """Prints the coefficients, and the worst |weight(t) · error(t)| once they are doubles."""
    exact = minimax(function, low, high, count, weight)
    for power, coefficient in enumerate(exact):
        show(f'{name}_{power}', coefficient)
    if CHECK:
        return
    rounded = [double(c) for c in exact][::-1]
    points = [mpf(low) + (mpf(high) - low) * (i + mpf(1) / 2) / 2000 for i in range(2000)]
    worst = max(fabs((polyval(rounded, t) - function(t)) * weight(t)) for t in points)
    print(f'//  error 2^{float(log(worst, 2)):.1f}\n')


def write_table(path, source):
    """Writes a table's file, or checks that it is what stands there."""
    file = FOLDER / path
    if CHECK:
        if not file.exists() or file.read_text() != source:
            missing.append(path)
    else:
        file.write_text(source)
        print(f'wrote {file.name}')


def pairs(values):
    return ''.join(f'  {text(a)}, {text(b)},\n' for a, b in values)


HEAD = '// Made by bench/peers/math_coefficients.py: change it there.\n\n'
# √2 is among the numbers, and so a linter's case.
IGNORE = '// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: √2 is one entry of many\n'
# Rows of a table stand as they were written, one entry a line.
RAW = '// biome-ignore format: one entry of the table a line\n'


def trigonometry():
    quarter = pi / 4 * (1 + mpf(2) ** -20)
    z = quarter**2
    polynomial('SINE', lambda t: (sin(sqrt(t)) / sqrt(t) - 1) / t, 0, z, 6, lambda t: t)
    polynomial('COSINE', lambda t: (cos(sqrt(t)) - 1 + t / 2) / t**2, 0, z, 6, lambda t: t**2)
    show('TWO_OVER_PI', 2 / pi)
    show('QUARTER_PI', pi / 4)
    first = top_bits(pi / 2, 35)
    second = top_bits(pi / 2 - first, 35)
    show('HALF_PI_1', first)
    show('HALF_PI_2', second)
    show('HALF_PI_3', pi / 2 - first - second)
    in_two('HALF_PI', pi / 2)

    digits = []
    with mp.workdps(420):
        rest = 2 / +pi
        for _ in range(52):
            rest *= 2**24
            digits.append(int(floor(rest)))
            rest -= floor(rest)
    lines = [digits[i : i + 8] for i in range(0, len(digits), 8)]
    rows = ''.join('  ' + ', '.join(f'0x{d:06x}' for d in line) + ',\n' for line in lines)
    write_table(
        'two-over-pi-table.ts',
        HEAD + RAW + '/**\n * The digits of 2 / π in base 2²⁴: 2 / π = Σ DIGITS[i] · 2^(−24 (i + 1 − ZERO_DIGITS)).\n'
        ' *\n * The first `ZERO_DIGITS` are 0, so that a window may begin before the point.\n */\n'
        'export const TWO_OVER_PI_DIGITS: Float64Array = Float64Array.of(\n  0, 0, 0, 0,\n' + rows + ');\n\n'
        '/** How many digits 0 stand before the first one of the fraction. */\nexport const ZERO_DIGITS = 4;\n',
    )


def exponentials():
    half_step = ln(2) / 128 * (1 + mpf(2) ** -20)
    polynomial('EXPONENTIAL', lambda r: (expm1(r) - r) / r**2, -half_step, half_step, 5, lambda r: r**2)
    eighth = mpf(1) / 8
    polynomial('EXPM1', lambda x: (expm1(x) - x) / x**2, -eighth, eighth, 9, fabs)
    show('STEPS_PER_UNIT', 64 / ln(2))
    in_two('STEP', ln(2) / 64, 34)
    rows = []
    for i in range(64):
        value = mpf(2) ** (mpf(i) / 64)
        rows.append((double(value), value - double(value)))
    write_table(
        'exponential-table.ts',
        IGNORE + HEAD + RAW + '/** 2^(i / 64) for i = 0 … 63, each as a sum: the nearest double, then what it lacks. */\n'
        'export const EXPONENTIAL_TABLE: Float64Array = Float64Array.of(\n' + pairs(rows) + ');\n',
    )


def hyperbolics():
    z = mpf(1) / 16
    polynomial('SINH', lambda t: (sinh(sqrt(t)) / sqrt(t) - 1) / t, 0, z, 5, lambda t: t)
    polynomial('TANH', lambda t: (tanh(sqrt(t)) / sqrt(t) - 1) / t, 0, z, 9, lambda t: t)


def logarithms():
    largest = mpf(1) / 252
    third = lambda r: (log1p(r) - r + r**2 / 2) / r**3
    polynomial('LOGARITHM', third, -largest, largest, 5, lambda r: r**2)
    polynomial('PRECISE', third, -largest, largest, 6, lambda r: r**2)
    in_two('LN2', ln(2), 42)
    in_two('LOG2_E', 1 / ln(2))
    in_two('LOG10_E', 1 / ln(10))
    rows, worst = [], mpf(0)
    for i in range(129):
        center = 1 + mpf(i) / 128
        reciprocal = nint(2**14 / center) / 2**14  # at most 15 bits
        value = -ln(reciprocal) - (ln(2) if i > 52 else 0)
        high = nint(value * 2**42) / 2**42
        rows.append((reciprocal, high, value - high))
        for edge in (max(mpf(1), center - mpf(1) / 256), min(mpf(2), center + mpf(1) / 256)):
            worst = max(worst, fabs(edge * reciprocal - 1))
    assert worst < largest, worst
    lines = ''.join(f'  {text(c)}, {text(high)}, {text(low)},\n' for c, high, low in rows)
    write_table(
        'logarithm-table.ts',
        HEAD + RAW + '/**\n * For i = 0 … 128 and m = 1 + i / 128: c ≈ 1 / m in at most 15 bits, then −ln c as a sum, the first\n'
        ' * part a multiple of 2⁻⁴². From i = 53 on, ln 2 is taken off: m / 2 is meant.\n */\n'
        'export const LOGARITHM_TABLE: Float64Array = Float64Array.of(\n' + lines + ');\n',
    )


def inverse_trigonometry():
    polynomial('ARCSINE', lambda t: (asin(sqrt(t)) / sqrt(t) - 1) / t, 0, mpf(1) / 4, 14, lambda t: t)
    z = (mpf(1) / 63) ** 2
    polynomial('ARCTANGENT', lambda t: (atan(sqrt(t)) / sqrt(t) - 1) / t, 0, z, 4, lambda t: t)
    rows = []
    for i in range(33):
        value = atan(mpf(i) / 32)
        rows.append((double(value), value - double(value)))
    write_table(
        'arctangent-table.ts',
        HEAD + RAW + '/** atan(i / 32) for i = 0 … 32, each as a sum: the nearest double, then what it lacks. */\n'
        'export const ARCTANGENT_TABLE: Float64Array = Float64Array.of(\n' + pairs(rows) + ');\n',
    )


def roots():
    polynomial('CUBE_ROOT', cbrt, 1, 2, 5, lambda m: 1)
    show('CUBE_ROOT_OF_2', cbrt(2))
    show('CUBE_ROOT_OF_4', cbrt(4))


def constants():
    show('PI', pi)
    show('E', e)
    show('LN2', ln(2))


for part in (constants, trigonometry, exponentials, hyperbolics, logarithms, inverse_trigonometry, roots):
    part()
if missing:
    sys.exit('not found in core/math: ' + ', '.join(missing))
