"""Remakes the polynomials of backprop-runtime/src/math: python functions.py (needs mpmath from PyPI).

Remez's exchange algorithm (1934) on a weighted error; the coefficients are then rounded to the type.
"""

from mpmath import mp, mpf

mp.dps = 50


def solve_exchange(function, weight, low, high, powers, rounds=12):
    """The polynomial in `powers` whose largest weight * |p - function| over [low, high] is least."""
    count = len(powers)
    points = [
        (low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * count + 2))
        for i in range(count + 1)
    ]
    for _ in range(rounds):
        matrix, right = mp.matrix(count + 1, count + 1), mp.matrix(count + 1, 1)
        for row, point in enumerate(points):
            for column, power in enumerate(powers):
                matrix[row, column] = point**power
            matrix[row, count] = (-1) ** row / weight(point)
            right[row] = function(point)
        coefficients = list(mp.lu_solve(matrix, right))[:count]

        def error(x):
            return weight(x) * (sum(c * x**p for c, p in zip(coefficients, powers)) - function(x))

        points, largest = find_extrema(error, low, high, count + 1, points)
    return coefficients, largest


def find_extrema(error, low, high, wanted, previous):
    """The alternating extrema, one between each two sign changes, on a fine grid."""
    grid = [low + (high - low) * (1 - mp.cos(mp.pi * i / 1200)) / 2 for i in range(1201)]
    values = [error(x) for x in grid]
    best = [0]
    for index in range(1, len(grid)):
        if (values[index] > 0) != (values[best[-1]] > 0):
            best.append(index)
        elif abs(values[index]) > abs(values[best[-1]]):
            best[-1] = index
    while len(best) > wanted:
        best.pop(0 if abs(values[best[0]]) < abs(values[best[-1]]) else -1)
    if len(best) < wanted:
        return previous, max(map(abs, values))
    return [grid[i] for i in best], max(map(abs, values))


def round_to(bits, value):
    with mp.workprec(bits):
        return +mpf(value)


def fit(name, bits, function, weight, low, high, degree):
    """Prints the rounded coefficients, the constant first, and the error that they leave."""
    exact, _ = solve_exchange(function, weight, low, high, list(range(degree + 1)))
    rounded = [round_to(bits, coefficient) for coefficient in exact]
    grid = [low + (high - low) * i / 1999 for i in range(2000)]
    worst = max(
        abs(weight(x) * (mp.polyval(rounded[::-1], x) - function(x))) for x in grid
    )
    print(f"{name}: degree {degree}, error 2^{float(mp.log(worst, 2)):.2f}")
    for coefficient in rounded:
        print("   ", mp.nstr(coefficient, 9 if bits == 24 else 17))


def split(bits, kept):
    """ln 2 as high + low, where high has `kept` significant bits: its product with a short integer is exact."""
    high = round_to(kept, mp.log(2))
    print(f"ln 2: {mp.nstr(high, 20)} + {mp.nstr(round_to(bits, mp.log(2) - high), 17)}")


def exp_tail(r):
    """(e^r - 1 - r) / r^2"""
    if abs(r) < mpf("1e-12"):
        return mpf(1) / 2 + r / 6 + r**2 / 24
    return (mp.expm1(r) - r) / r**2


def log_tail(f):
    """(ln(1 + f) - f + f^2 / 2) / f^3"""
    if abs(f) < mpf("1e-12"):
        return mpf(1) / 3 - f / 4 + f**2 / 5
    return (mp.log1p(f) - f + f**2 / 2) / f**3


def atanh_tail(z):
    """(2 atanh(s) - 2 s) / s^3 at z = s^2"""
    if z < mpf("1e-20"):
        return mpf(2) / 3 + 2 * z / 5 + 2 * z**2 / 7
    s = mp.sqrt(z)
    return (2 * mp.atanh(s) - 2 * s) / (s * z)


def erf_tail(z):
    """(erf(x) - x) / x at z = x^2"""
    if z < mpf("1e-20"):
        return 2 / mp.sqrt(mp.pi) * (1 - z / 3 + z**2 / 10) - 1
    x = mp.sqrt(z)
    return mp.erf(x) / x - 1


def erfc_power(x):
    """-ln erfc(x)"""
    return -mp.log(mp.erfc(x))


if __name__ == "__main__":
    half = mp.log(2) / 2 * mpf("1.001")
    # The error relative to e^r - 1 is least, near enough: r stands in for it.
    near = lambda r: max(abs(r), mpf("1e-6"))
    split(24, 15)
    fit("exp f32", 24, exp_tail, near, -half, half, 4)
    split(53, 41)
    fit("exp f64", 53, exp_tail, near, -half, half, 10)
    low, high = mp.sqrt(mpf(1) / 2) - 1, mp.sqrt(2) - 1
    square = lambda f: max(f * f, mpf("1e-12"))
    fit("ln f32", 24, log_tail, square, low, high, 8)
    fit("ln f64", 53, atanh_tail, lambda z: max(z, mpf("1e-12")), mpf(0), (high / (2 + high)) ** 2, 6)
    # erfc is what an error of the power counts by in erf.
    edge = mpf("0.9")
    fit("erf f32, near", 24, erf_tail, lambda z: mpf(1), mpf(0), edge**2, 6)
    fit("erf f32, far", 24, erfc_power, mp.erfc, edge, mpf(4), 6)
    fit("erf f64, near", 53, erf_tail, lambda z: mpf(1), mpf(0), edge**2, 11)
    fit("erf f64, far", 53, erfc_power, mp.erfc, edge, mpf(6), 17)
