"""The Equal Earth projection: areas keep their true proportion, so no country looks larger.

Source: Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of
Geographical Information Science 33 (2019), equations 6 and 7.
"""

import math

WIDTH = 1000.0  # units of the drawing
HEIGHT = 430.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_ROOT3 = math.sqrt(3)
_NORTH = 83.7  # degrees; the drawing leaves out Antarctica
_CENTRE = 11.0  # degrees east; keeps the Bering Strait at the edge


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the place on the drawing of a point in degrees: x to the right, y downwards."""
    east = math.radians((longitude - _CENTRE + 180.0) % 360.0 - 180.0)
    x, y = _equal_earth(math.radians(latitude), east)
    edge, _ = _equal_earth(0.0, math.pi)
    _, top = _equal_earth(math.radians(_NORTH), 0.0)
    scale = WIDTH / (2 * edge)
    return round(WIDTH / 2 + x * scale, 1), round((top - y) * scale, 1)


def _equal_earth(latitude: float, longitude: float) -> tuple[float, float]:
    angle = math.asin(_ROOT3 / 2 * math.sin(latitude))
    square = angle * angle
    sixth = square**3
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = 2 * _ROOT3 * longitude * math.cos(angle) / (3 * slope)
    y = angle * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
    return x, y
