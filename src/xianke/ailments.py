"""What is wrong with what is kept, as `doctor` reports it: a sentence, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Grade = Literal["damage", "warning"]


@dataclass(frozen=True, slots=True)
class Ailment:
    """One thing that is not as it should be.

    `damage` is what a file has lost or says wrongly, `warning` what is worth putting right.
    `code` is the word programs read, `ids` name the rows it is about.
    """

    code: str
    grade: Grade
    text: str
    advice: str
    path: Path | None = None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: `fact` is what there is to say of it in a few words."""

    key: str
    fact: str
    ailments: tuple[Ailment, ...]

    @property
    def grade(self) -> Grade | None:
        """Return the worst grade, None where all is well."""
        grades = {one.grade for one in self.ailments}
        return "damage" if "damage" in grades else "warning" if grades else None
