"""What a measurement prints: one JSON line a figure, with the floor of the same run and their ratio."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """A measured value and its floor. ``ratio`` is value / floor; for rates (``/s``) it says how many times faster."""

    name: str
    unit: str
    value: float
    floor: float | None
    note: str = ""

    def line(self) -> str:
        """Return the figure as one JSON line."""
        ratio = round(self.value / self.floor, 2) if self.floor else None
        return json.dumps({**asdict(self), "ratio": ratio}, ensure_ascii=False)


def median_ms(seconds: Sequence[float]) -> float:
    """Return the median in milliseconds."""
    return round(median(seconds) * 1000, 2)
