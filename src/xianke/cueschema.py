"""What `data/cues.yaml` may hold: the words of offers and the signs they make."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from xianke._trap_cues import need
from xianke.schema_types import Bilingual, Flag, Id, Strict, Text

# Concepts that the reading of a deal adds to the listed ones.
DERIVED = frozenset({"AMOUNT", "NUMBER", "PER_PAY", "PAYS_FEE", "PAYS_FIRST", "RENTED", "OUT_BACK"})

Words = Annotated[str, Field(min_length=1)]


class Sign(Strict):
    """Concepts that together speak for a trap."""

    id: Id
    type: Id
    strength: Literal["decisive", "strong", "weak"]
    needs: Text
    within: Literal["clause", "tight", "near", "sentence", "offer"]
    ordered: Flag = False
    loose: Flag = False
    beside: Text | None = None
    unless: Text | None = None
    unless_within: Literal["clause", "near", "sentence", "offer"] = "offer"
    idea: Id | None = None
    says: Bilingual


class Cues(Strict):
    """The whole of `cues.yaml`; that its kinds of trap are known, a test sees to."""

    traditional: Words
    spellings: dict[Text, Words]
    masked: Words
    words: dict[Annotated[str, Field(pattern=r"^([A-Z_]+|noise)$")], Words]
    work: dict[Id, Words]
    signs: list[Sign]

    @model_validator(mode="after")
    def _concepts(self) -> "Cues":
        known = set(self.words) | DERIVED
        seen: set[str] = set()
        for sign in self.signs:
            if sign.id in seen:
                raise ValueError(f"sign id stands twice: {sign.id!r}")
            seen.add(sign.id)
            named = set(f"{sign.unless or ''} {sign.beside or ''}".split())
            for one in sign.needs.split():
                named |= need(one).concepts
            if missing := named - known:
                raise ValueError(f"sign {sign.id!r}: no such concept: {sorted(missing)}")
        return self
