"""What one run is asked for, and what a flow gives back."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.homes import Homes


@dataclass(frozen=True)
class Plan:
    work: Path
    homes: Homes
    full: bool = False
    seconds: float = 0.0  # of one measurement; 0: what the flow takes by itself
    articles: int = 0  # 0: what the flow takes by itself
    items: int = 0  # of the wires; 0: what the flow takes by itself

    def emptied(self, name: str) -> Path:
        """A folder without what an earlier run left there."""
        shutil.rmtree(self.work / name, ignore_errors=True)
        return self.folder(name)

    def folder(self, name: str) -> Path:
        found = self.work / name
        found.mkdir(parents=True, exist_ok=True)
        return found


@dataclass(frozen=True)
class Figure:
    name: str
    unit: str
    value: float  # the median of the rounds
    rounds: tuple[float, ...] = ()


@dataclass(frozen=True)
class Must:
    """What has to be reached."""

    claim: str
    wanted: float
    seen: float
    most: bool = False  # wanted is the greatest, not the least

    @property
    def is_met(self) -> bool:
        return self.seen <= self.wanted if self.most else self.seen >= self.wanted


@dataclass
class Result:
    settings: dict[str, object] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    musts: list[Must] = field(default_factory=list)
    verified: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Flow:
    name: str
    what: str
    run: Callable[[Plan], Result]
