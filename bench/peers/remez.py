"""The polynomials that come closest to a function."""

from mpmath import cos, fabs, lu_solve, matrix, mpf, pi, polyval


def minimax(function, low, high, count, weight):
    """Coefficients, lowest power first, that make the largest |weight(t) · error(t)| smallest.

    Remez's second algorithm: solve for an error that alternates on count + 1 points, move the points
    to the extremes of that error, repeat.
    """
    middle, half = (mpf(low) + high) / 2, (mpf(high) - low) / 2
    grid = [middle - half * cos(pi * (i + mpf(1) / 3) / 600) for i in range(600)] + [mpf(high)]
    values = [(t, function(t), weight(t)) for t in grid]
    chosen = [int((i + 0.5) * 600 / (count + 1)) for i in range(count + 1)]
    for _ in range(30):
        rows, right = matrix(count + 1, count + 1), matrix(count + 1, 1)
        for i, index in enumerate(chosen):
            t, value, w = values[index]
            for j in range(count):
                rows[i, j] = w * t**j
            rows[i, count] = (-1) ** i
            right[i] = w * value
        coefficients = list(lu_solve(rows, right))[:count]
        errors = [w * (polyval(coefficients[::-1], t) - value) for t, value, w in values]
        found = extremes(errors, count + 1)
        if found == chosen:
            break
        chosen = found
    return coefficients


def extremes(errors, count):
    """Where the largest errors stand, one in each stretch of one sign; the `count` best in a row."""
    found = []
    for i, error in enumerate(errors):
        if found and (error > 0) == (errors[found[-1]] > 0):
            if fabs(error) > fabs(errors[found[-1]]):
                found[-1] = i
        else:
            found.append(i)
    while len(found) > count:
        found.pop(0 if fabs(errors[found[0]]) < fabs(errors[found[-1]]) else -1)
    return found
