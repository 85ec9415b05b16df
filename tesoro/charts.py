"""Charts drawn by the server as SVG, with a table behind each: what one is given. See :mod:`tesoro.plots`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class Shape(Enum):
    """How a chart is drawn."""

    COLUMNS = "columns"  # upright, a group for each line: what happened month by month
    BARS = "bars"  # lying, the longest first: shares of a whole
    FUNNEL = "funnel"  # lying, in the order of a way, darker with each step


@dataclass(frozen=True)
class Figure:
    """A number: its size for the shape, its words for the reader, and the list it counts."""

    size: int | float | Decimal
    text: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """What one group of shapes stands for, one figure for each series; ``note`` stands beside it ("75 %")."""

    label: str
    figures: Sequence[Figure]
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart. ``series`` head the columns of the table; those in ``drawn`` (all, when empty) become shapes."""

    title: str
    shape: Shape
    heading: str  # of the first column of the table: "Month"
    series: Sequence[str]
    lines: Sequence[Line]
    summary: str  # what a screen reader says of it in one sentence
    empty: str = ""  # said in place of the chart when every figure is 0
    drawn: Sequence[int] = field(default_factory=tuple)
    more_url: str = ""
    more: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(figure.size for line in self.lines for figure in line.figures)
