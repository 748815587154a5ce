"""The words of offers and their signs: none of them is dead."""

from __future__ import annotations

import json
import re
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest

from xianke import _trap_cues, traps
from xianke._trap_cues import Cues, Sign, by_concept, need, shipped
from xianke._trap_deal import payments
from xianke._trap_match import match
from xianke.cueschema import DERIVED

PACKAGE = Path(_trap_cues.__file__).parent
COMPILED: Any = json.loads((PACKAGE / "_data" / "cues.json").read_text(encoding="utf-8"))
READERS = [*PACKAGE.glob("_trap_*.py"), PACKAGE / "traps.py"]
# What a text says for a concept that no list of words makes.
SAID = {
    "AMOUNT": ["99元"],
    "NUMBER": ["三百"],
    "PER_PAY": ["一单5元"],
    "PAYS_FEE": ["交会费99元", "交会费"],
    "PAYS_FIRST": ["先垫99元"],
    "OUT_BACK": ["转100回130"],
}


def words(concept: str) -> list[str]:
    return SAID.get(concept) or sorted(COMPILED["words"][concept], key=len)[-8:]


def is_found(sign: Sign, cues: Cues) -> bool:
    """Tell whether words of the concepts that *sign* needs make it, side by side."""
    listed = [[w for name in sorted(one.concepts) for w in words(name)][:30] for one in sign.needs]
    beside = words(min(sign.beside))[0] if sign.beside else ""
    for mark in ("", "，"):
        for chosen in islice(product(*listed), 2000):
            reading = cues.levels.read(f"{mark.join(chosen)}。{beside}")
            tokens = traps._tokens(cues, reading)
            if match(sign, by_concept([*tokens, *payments(tokens)])) is not None:
                return True
    return False


@pytest.mark.parametrize("sign", shipped("zh").signs, ids=lambda sign: sign.id)
def test_every_sign_can_be_found(sign: Sign) -> None:
    """A sign whose words never stand together would be dead: its own words make it."""
    assert is_found(sign, shipped("zh"))


def test_every_word_can_be_met() -> None:
    """A word that a plain text never holds (a capital, a wide mark, a sound-alike) is dead."""
    levels = shipped("zh").levels
    listed = [
        *COMPILED["words"].values(),
        *COMPILED["work"].values(),
        [*COMPILED["spellings"].values()],
    ]

    dead = [word for some in listed for word in some if levels.read(word).plain != word]

    assert dead == []


def test_every_concept_is_of_use() -> None:
    """Words that neither a sign nor the reading of the deal asks for say nothing."""
    used = {"noise"}
    for sign in shipped("zh").signs:
        used |= sign.unless | sign.beside
        used = used.union(*(one.concepts for one in sign.needs))
    for path in READERS:
        used |= set(re.findall(r'"([A-Z_]{2,})"', path.read_text(encoding="utf-8")))

    assert COMPILED["words"].keys() - used == set()
    assert DERIVED - used == set()


@pytest.mark.parametrize("text", ["", "fee", "FEE|", "!FEE", "FEE:you", "FEE>me", "FEE FEE"])
def test_what_is_no_need_is_refused(text: str) -> None:
    """A slip in the file is named, and does not become a sign that nothing meets."""
    with pytest.raises(ValueError, match="not a need"):
        need(text)
