"""Curves on a logarithmic scale as a small SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log10

WIDTH, HEIGHT = 460, 330
LEFT, TOP, RIGHT, BOTTOM = 62, 34, 14, 96
DECADES = 4
"""From 10 down to one in a thousand."""


@dataclass(frozen=True)
class Line:
    """One curve: points (score, number); ``dashed`` for what is computed."""

    name: str
    colour: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False


@dataclass(frozen=True)
class Panel:
    """Curves over one axis of scores, from 0 to ``most``."""

    title: str
    score: str
    most: float
    lines: Sequence[Line]


def drawn(panels: Sequence[Panel]) -> str:
    """All panels side by side."""
    size = f'width="{WIDTH * len(panels)}" height="{HEIGHT}"'
    body = "".join(
        f'<g transform="translate({number * WIDTH} 0)">{_panel(panel)}</g>\n'
        for number, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{body}</svg>\n'
    )


def _panel(panel: Panel) -> str:
    steps = range(5)
    ticks = [panel.most * step / 4 for step in steps]
    across = [_text(_x(panel, t), HEIGHT - BOTTOM + 14, f"{t:g}", "middle") for t in ticks]
    rules = [_rule(exponent) for exponent in range(1 - DECADES, 2)]
    legend = [_legend(number, line) for number, line in enumerate(panel.lines)]
    axis = _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 29, panel.score, "middle")
    head = _text(LEFT, 18, panel.title, "start", bold=True)
    curves = [_curve(panel, line) for line in panel.lines]
    return "".join([head, *rules, *across, axis, *curves, *legend])


def _x(panel: Panel, score: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * min(score, panel.most) / panel.most


def _y(number: float) -> float:
    share = (1 - log10(max(number, 10.0 ** (1 - DECADES)))) / DECADES
    return TOP + (HEIGHT - TOP - BOTTOM) * max(share, 0.0)


def _rule(exponent: int) -> str:
    y = _y(10.0**exponent)
    line = f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
    return line + _text(LEFT - 6, y + 4, f"{10.0**exponent:g}", "end")


def _curve(panel: Panel, line: Line) -> str:
    points = " ".join(f"{_x(panel, s):.1f},{_y(n):.1f}" for s, n in line.points if n > 0)
    return f'<polyline points="{points}" fill="none" {_stroke(line)}/>'


def _legend(number: int, line: Line) -> str:
    x, y = LEFT + (number % 2) * 190, HEIGHT - BOTTOM + 48 + number // 2 * 16
    stroke = f'<path d="M{x} {y - 4}h22" {_stroke(line)}/>'
    return stroke + _text(x + 28, y, line.name, "start")


def _stroke(line: Line) -> str:
    dashes = ' stroke-dasharray="5 3"' if line.dashed else ""
    return f'stroke="{line.colour}" stroke-width="1.6"{dashes}'


def _text(x: float, y: float, text: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
