"""Texts parted into offers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianke import traps
from xianke._trap_cues import shipped
from xianke._trap_parting import parted


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_ends_no_offer_whoever_wrote_the_file(end: str) -> None:
    """Lines that end as on Windows are lines still; only a blank one parts offers."""
    lines = (
        "招打字员，周末在家做，多劳多得，简单",
        "报名的人先把会费九十九元",
        "交了以后再派单给您",
    )

    judged = traps.judge(end.join(lines))

    assert len(judged.offers) == 1
    assert len(traps.judge(end.join((lines[0], "", lines[1]))).offers) == 2


@pytest.mark.parametrize("tail", ["\n\n", "\n \n \n", "\n\n-----", "\n\n　\n……"])
def test_what_holds_no_word_is_no_offer(tail: str) -> None:
    """Blank and ruled lines behind the last offer are not judged as another one."""
    assert len(traps.judge("线上打单员，先交会费99元，交完派单。" + tail).offers) == 1


def test_a_heading_goes_with_what_follows() -> None:
    """A short first line behind which a blank one stands is no offer of its own."""
    assert len(traps.judge("急招\n\n线上打单员，先交会费99元，交完派单。").offers) == 1


def test_a_text_longer_than_any_offer_is_cut_between_sentences() -> None:
    """No sentence is torn, and none is left out."""
    reading = shipped("zh").levels.read("周末在超市理货一天一百五。" * 400)

    stretches = parted(reading)

    assert len(stretches) > 1
    assert all(reading.plain[end - 1] == "。" for _start, end in stretches)


def test_a_text_longer_than_any_offer_is_cut_between_lines_where_it_has_some() -> None:
    """What stands in one line is one deal: its halves would tell nothing."""
    line = "报名的人先把九十九元会费交了。不交的不派单"
    reading = shipped("zh").levels.read("\n".join([line] * 200))

    stretches = parted(reading)

    assert len(stretches) > 1
    assert {reading.plain[start:end].split("\n")[0] for start, end in stretches} == {line}


@given(st.text(alphabet="招人，。\n -=99元", max_size=80) | st.just("招" * 9000))
def test_offers_stand_one_behind_the_other(text: str) -> None:
    """They neither overlap nor leave a word between them."""
    reading = shipped("zh").levels.read(text)
    stretches = parted(reading)

    assert stretches[0][0] == 0
    assert all(one[1] == other[0] for one, other in pairwise(stretches))
    assert not any(c.isalnum() for c in reading.plain[stretches[-1][1] :])
