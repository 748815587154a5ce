"""What `traps.yaml` may say: kinds of traps, what names them, and what to do."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from xianke.schema_types import Bilingual, Date, Flag, Id, Strict, Text, Whole, unique

Phone = Annotated[str, Field(pattern=r"^\d{3,5}$")]


class LawEntry(Strict):
    """What names a kind of trap; `seen` says whether a copy was read, or it is only well known."""

    id: Id
    kind: Literal["law", "official_warning", "case", "press"]
    text: Bilingual
    date: Date = None
    seen: Flag


class AdviceEntry(Strict):
    """One thing to do: before anything was handed over, or after."""

    id: Id
    when: Literal["before", "after"]
    text: Bilingual
    phone: Phone | None = None

    @model_validator(mode="after")
    def _number_is_said(self) -> "AdviceEntry":
        if self.phone is not None and not (
            self.phone in self.text.zh and self.phone in self.text.en
        ):
            raise ValueError(f"advice {self.id}: its text does not name {self.phone}")
        return self


class KindEntry(Strict):
    """A kind of trap: how it comes along, why it hurts, how much, who says so, what to do."""

    id: Id
    name: Bilingual
    pitch: Bilingual
    why: Bilingual
    severity: Annotated[Whole, Field(ge=1, le=5)]
    laws: list[Id] = Field(min_length=1)
    advice: list[Id] = Field(min_length=1)


class Traps(Strict):
    """The whole of `traps.yaml`."""

    as_of: Annotated[Text, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    laws: list[LawEntry]
    advice: list[AdviceEntry]
    kinds: list[KindEntry]

    @model_validator(mode="after")
    def _references(self) -> "Traps":
        laws = {law.id: law for law in self.laws}
        advice = {one.id: one for one in self.advice}
        for what, entries in (("law", self.laws), ("advice", self.advice), ("kind", self.kinds)):
            unique(f"{what} id", [entry.id for entry in entries])
        for kind in self.kinds:
            unique(f"a law of {kind.id}", kind.laws)
            unique(f"advice of {kind.id}", kind.advice)
            for law in kind.laws:
                if law not in laws:
                    raise ValueError(f"kind {kind.id}: no law {law!r}")
            for one in kind.advice:
                if one not in advice:
                    raise ValueError(f"kind {kind.id}: no advice {one!r}")
            if not any(laws[law].date and laws[law].kind != "press" for law in kind.laws):
                raise ValueError(f"kind {kind.id}: no law, warning or case with a date")
            if {advice[one].when for one in kind.advice} != {"before", "after"}:
                raise ValueError(f"kind {kind.id}: advice for before and for after is needed")
        unused = laws.keys() - {law for kind in self.kinds for law in kind.laws}
        unused |= advice.keys() - {one for kind in self.kinds for one in kind.advice}
        if unused:
            raise ValueError(f"nothing points at {', '.join(sorted(unused))}")
        return self
