"""Where the shapes of a chart lie: across in percent, so that text never scales, upright in pixels.

Everything is a word of SVG already, whatever the reader's language does to numbers. Nothing lies on anything else at
``NARROWEST`` or above: there is as much room for words as they take there.
"""

import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format

from tesoro.charts import Chart, Figure, Line, Shape

NARROWEST, WIDE = 288, 560  # pixels: a chart on a small phone, and one that has room for long words
STEPS = 4  # at most, on the axis
TOP, PLOT, FOOT = 8, 140, 28  # of columns
FEWEST = 6  # columns are never wider than a sixth
ROW, BAR, STEP = 28, 10, 16  # of bars: a line, how thick a bar is, how far the next one of its line lies below
AIR = 3  # above and below a bar, where a click still hits it
LEAST = 15  # percent that bars have in any case
LABEL = 20, 42  # percent that the labels of what lies have at least, and at most
GAP = 10  # pixels between words
TONES = {1: ["f2"], 2: ["b", "a"], 3: ["f1", "f2", "f4"], 4: ["f1", "f2", "f3", "f4"]}
SLIM, WIDE_SIGNS = set("fijlrtI1.,:;'|!()[]{}· "), set("mwMW@%€—…")


@dataclass(frozen=True)
class Bar:
    """A rectangle with round corners, in the colour of its tone."""

    x: str
    y: int
    width: str
    height: int
    tone: str


@dataclass(frozen=True)
class Hit:
    """Where a click leads to the list that a figure counts: the bar, and the air around it."""

    x: str
    y: int
    width: str
    height: int
    url: str
    title: str


@dataclass(frozen=True)
class Word:
    """A text, and how much of it there is room for where the chart is wide.

    It is cut off at the end of its box, which begins at ``left`` and is ``across`` wide, if it has one.
    """

    x: str
    y: int
    text: str
    wide: str
    anchor: str = "start"
    strong: bool = False
    left: str = ""
    across: str = ""


@dataclass(frozen=True)
class Group:
    """The shapes of one line of a chart, and what is said when one points at them."""

    title: str
    bars: Sequence[Bar]
    words: Sequence[Word]
    hits: Sequence[Hit]


@dataclass(frozen=True)
class Plot:
    """A chart laid out. ``axis`` is as many pixels wide as the words beside the ``ticks``."""

    height: int
    groups: Sequence[Group]
    ticks: Sequence[tuple[int, str]] = field(default_factory=tuple)
    axis: int = 0


def plot(chart: Chart) -> Plot:
    """Lay a chart out."""
    return {Shape.COLUMNS: _columns, Shape.BARS: _bars, Shape.FUNNEL: _funnel}[chart.shape](chart)


def drawn(chart: Chart) -> list[int]:
    """Return the series that become shapes."""
    return list(chart.drawn) or list(range(len(chart.series)))


def tones(count: int) -> list[str]:
    """Return a colour for each of so many series, the last the strongest."""
    return TONES[count] if count in TONES else [TONES[4][place % 4] for place in range(count)]


def ticks(highest: float, whole: bool = True) -> list[float]:
    """Return the marks of an axis from 0 to the first one that is not below ``highest``, in steps of 1, 2 or 5.

    With ``whole`` there is nothing between 0 and 1.
    """
    if highest <= 0:
        return [0, 1]
    rough = highest / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough * (1 - 1e-9))
    step = max(step, 1) if whole else step
    count = math.ceil(highest / step - 1e-9)
    return [step * place for place in range(count + 1)]


def written(tick: float) -> str:
    """Return a mark of an axis in a few signs: "80", "1,500", "20k", "2.5M"."""
    for size, sign in ((1_000_000_000, "B"), (1_000_000, "M"), (10_000, "k")):
        if tick >= size:
            return f"{_number(tick / (1_000 if sign == 'k' else size))}{sign}"
    return _number(tick)


def _number(number: float) -> str:
    places = 0 if number == int(number) else max(0, 2 - math.floor(math.log10(number)))
    rounded = Decimal(f"{number:.{places}f}").normalize() if places else int(number)
    return number_format(rounded, force_grouping=True)


def width(text: str) -> float:
    """Return how many pixels a text of 12 px takes, or somewhat more."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 12.5
    if sign in SLIM:
        return 4.5
    if sign in WIDE_SIGNS:
        return 10.5
    return 8.5 if sign.isupper() else 7.5 if sign.isdigit() else 7


def cut(text: str, room: float) -> str:
    """Return as much of a text as there is room for, in pixels, with "…" where it ends early."""
    if width(text) <= room + 0.01:
        return text
    room -= width("…")
    kept = 0
    for sign in text:
        room -= _width(sign)
        if room < 0:
            break
        kept += 1
    return f"{text[: max(kept, 1)].rstrip()}…"


def _size(figure: Figure) -> float:
    return max(float(figure.size), 0.0)


def _highest(chart: Chart) -> float:
    series = drawn(chart)
    return max((_size(line.figures[place]) for line in chart.lines for place in series), default=0.0)


def _title(chart: Chart, line: Line) -> str:
    """Return a line in words: "October: New leads 78, Converted 22"."""
    parts = [f"{name} {figure.text}" for name, figure in zip(chart.series, line.figures, strict=True)]
    return f"{line.label}: {', '.join(parts)}"


def _percent(share: float) -> str:
    return f"{share:.2f}%"


def _columns(chart: Chart) -> Plot:
    """Lay columns out: a band for each line, and in it a column for each series."""
    series, band = drawn(chart), 100 / max(len(chart.lines), FEWEST)
    whole = all(isinstance(line.figures[place].size, int) for line in chart.lines for place in series)
    marks = ticks(_highest(chart), whole)
    base = TOP + PLOT
    words = [written(mark) for mark in marks]
    lines = [(base - round(mark / marks[-1] * PLOT), word) for mark, word in zip(marks, words, strict=True)]
    groups = list(_column_groups(chart, band, marks[-1]))
    return Plot(base + FOOT, groups, lines, math.ceil(max(width(word) for word in words)) + GAP)


def _column_groups(chart: Chart, band: float, top: float) -> Iterator[Group]:
    series, base = drawn(chart), TOP + PLOT
    air = band * 0.15
    gap = band * 0.04
    wide = (band - 2 * air - gap * (len(series) - 1)) / len(series)
    named = max(1, math.ceil(len(chart.lines) / 12))  # of so many lines one has its label
    room = [pixels * band * named / 100 + 1 for pixels in (NARROWEST, WIDE)]
    for number, line in enumerate(chart.lines):
        bars: list[Bar] = []
        hits: list[Hit] = []
        for place, tone in zip(series, tones(len(series)), strict=True):
            figure, x = line.figures[place], number * band + air + len(bars) * (wide + gap)
            height = _height(figure, top)
            bars.append(Bar(_percent(x), base - height, _percent(wide), height, tone))
            title = f"{line.label}: {chart.series[place]} {figure.text}"
            hits += _hit(figure, title, x, wide, y=TOP, height=PLOT)
        left, across = _percent((number + (1 - named) / 2) * band), _percent(band * named)
        told = [cut(line.label, pixels) for pixels in room]
        label = Word("50%", base + 20, told[0], told[1], "middle", left=left, across=across)
        yield Group(_title(chart, line), bars, [label] if number % named == 0 else [], hits)


def _height(figure: Figure, top: float) -> int:
    """Return the height of a column; what is more than nothing is seen."""
    size = _size(figure)
    return max(round(size / top * PLOT), 1) if size else 0


def _hit(figure: Figure, title: str, x: float, wide: float, *, y: int, height: int) -> list[Hit]:
    return [Hit(_percent(x), y, _percent(wide), height, figure.url, title)] if figure.url else []


@dataclass(frozen=True)
class _Row:
    """The measures of a line of a chart that lies: how high it is, where its first bar lies, how thick that is.

    The ``last`` line is as high as it must be.
    """

    high: int
    first: int
    thick: int
    last: int

    @property
    def base(self) -> int:
        """Where its words stand."""
        return self.first + self.thick // 2 + 4


FUNNEL = _Row(high=44, first=0, thick=32, last=32)


@dataclass(frozen=True)
class _Parts:
    """The parts of such a line from side to side, in percent: label, bars, note, figure."""

    label: float
    start: float
    bars: float
    note_end: float

    @classmethod
    def of(cls, chart: Chart) -> "_Parts":
        """Return the parts, with as much room for notes and figures as the longest takes on a phone."""
        figures = _share([line.figures[place].text for line in chart.lines for place in drawn(chart)])
        notes = _share([line.note for line in chart.lines])
        start = min(max(_share([line.label for line in chart.lines]), LABEL[0]), LABEL[1])
        return cls(start - GAP / NARROWEST * 100, start, max(100 - start - figures - notes, LEAST), 100 - figures)


def _share(texts: list[str]) -> float:
    """Return how many percent the longest of some texts takes where the chart is narrowest."""
    longest = max((width(text) for text in texts), default=0)
    return (longest + GAP) / NARROWEST * 100 if longest else 0


def _bars(chart: Chart) -> Plot:
    """Lay bars out: a line for each, with a bar for each series."""
    count = len(drawn(chart))
    high = ROW + STEP * (count - 1)
    return _lying(chart, _Row(high, (ROW - BAR) // 2, BAR, last=high), lambda _number: tones(count))


def _funnel(chart: Chart) -> Plot:
    """Lay a funnel out, darker with each step."""
    count, shades = len(chart.lines), TONES[4]
    return _lying(chart, FUNNEL, lambda number: [shades[3 if count == 1 else round(number * 3 / (count - 1))]])


def _lying(chart: Chart, row: _Row, toned: Callable[[int], list[str]]) -> Plot:
    parts, highest, groups = _Parts.of(chart), _highest(chart), []
    for number, line in enumerate(chart.lines):
        top = number * row.high
        bars, hits, words = [], [], _beside(line, parts, top + row.base)
        for step, (place, tone) in enumerate(zip(drawn(chart), toned(number), strict=False)):
            figure, y = line.figures[place], top + row.first + step * STEP
            wide = _size(figure) / highest * parts.bars if highest else 0
            bars.append(Bar(_percent(parts.start), y, _percent(wide), row.thick, tone))
            words.append(Word("100%", y - row.first + row.base, figure.text, figure.text, "end", strong=True))
            title = f"{line.label}: {chart.series[place]} {figure.text}"
            air = {"y": y - AIR, "height": row.thick + 2 * AIR}
            hits += _hit(figure, title, parts.start, max(wide, LEAST), **air)
        groups.append(Group(_title(chart, line), bars, words, hits))
    return Plot((len(chart.lines) - 1) * row.high + row.last, groups)


def _beside(line: Line, parts: _Parts, y: int) -> list[Word]:
    """Return the label of a line and, before its figure, its note."""
    room = [pixels * parts.label / 100 for pixels in (NARROWEST, WIDE)]
    label = Word("0", y, cut(line.label, room[0]), cut(line.label, room[1]), left="0", across=_percent(parts.label))
    return [label, Word(_percent(parts.note_end), y, line.note, line.note, "end")] if line.note else [label]
