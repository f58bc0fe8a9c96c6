"""Draws the icons of the Teams app, an open circle in one breath: `python -m tests.teams_icons`."""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

ICONS = Path(__file__).parents[1] / "adapters" / "teams" / "icons"
GROUND = (0x23, 0x4A, 0x4F)
FINE = 4  # samples a pixel, each way
GAP = (-1.25, -0.55)  # radians: where the circle is open


def covered(x: float, y: float) -> bool:
    """Say whether a point of the square from -1 to 1 is ink: the stroke grows along the way, as a brush does."""
    radius, angle = math.hypot(x, y), math.atan2(y, x)
    if GAP[0] < angle < GAP[1]:
        return False
    way = ((angle - GAP[1]) % math.tau) / (math.tau - (GAP[1] - GAP[0]))
    width = 0.07 + 0.11 * math.sin(math.pi * min(way * 1.1, 1.0)) ** 0.8
    return abs(radius - 0.58) < width


def coverage(size: int) -> list[list[float]]:
    """Measure how much of every pixel is ink."""
    steps = [(number + 0.5) / FINE for number in range(FINE)]

    def pixel(row: int, column: int) -> float:
        points = (((column + across) / size * 2 - 1, (row + down) / size * 2 - 1) for across in steps for down in steps)
        return sum(covered(x, y) for x, y in points) / FINE**2

    return [[pixel(row, column) for column in range(size)] for row in range(size)]


def png(size: int, rows: list[bytes]) -> bytes:
    """Write pixels of four bytes as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def color(size: int = 192) -> bytes:
    """Draw the icon in colours: full to its edges, white on our ground."""
    rows = [
        b"".join(bytes([*(round(c + (255 - c) * ink) for c in GROUND), 255]) for ink in row) for row in coverage(size)
    ]
    return png(size, rows)


def outline(size: int = 32) -> bytes:
    """Draw the icon in white on nothing."""
    return png(size, [b"".join(bytes([255, 255, 255, round(255 * ink)]) for ink in row) for row in coverage(size)])


if __name__ == "__main__":
    (ICONS / "color.png").write_bytes(color())
    (ICONS / "outline.png").write_bytes(outline())
