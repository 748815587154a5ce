"""Open questions about the person: what hangs on each, and that one answer settles it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from xianke import catalogue, inventory, matching, openchecks, profiles, rates, reasons
from xianke.records import Asset, Skill, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xianke.openchecks import OpenCheck

TODAY = date(2026, 11, 28)
SLOTS = [
    Slot(1, "工作日 19:00-22:00", None, "home", None, False),
    Slot(2, "周末 9:00-18:00", None, "home", None, False),
]
THINGS = ("e_bike", "car", "folding_bike", "shop_or_space")
ABLE = ("patience", "cooking", "typing", "ppt", "copywriting", "voice")


def _open(
    profile: Mapping[str, str], days: Mapping[str, str] | None = None
) -> tuple[OpenCheck, ...]:
    known = catalogue.catalogue()
    stock = inventory.stock(
        SLOTS,
        [Skill(number, key, key, 3) for number, key in enumerate(ABLE, 1)],
        [Asset(number, key, key, None, None) for number, key in enumerate(THINGS, 1)],
        profiles.standing(profile, days or {}, TODAY),
        TODAY,
    )
    advice = matching.match(stock, known, rates.learn(known, [], TODAY), "income", TODAY)
    return openchecks.open_checks(advice, profile, days or {})


def _answers(key: str) -> list[str]:
    if key in profiles.FLAGS:
        return ["yes", "no"]
    return {"birth_year": ["1995", "2014"], "city": ["长沙", "杭州"]}[key]


def test_what_most_suggestions_hang_on_is_asked_first() -> None:
    """Those whose best route waits go before those of which another route does."""
    found = _open({})
    order = [(one.leading, one.suggestions, len(one.routes)) for one in found]

    assert {"birth_year", "licence", "health_certificate", "city", "pc", "real_name"} <= {
        one.key for one in found
    }
    assert order == sorted(order, reverse=True)
    assert all(one.suggestions == len(one.categories) or one.suggestions > 0 for one in found)
    assert all(one.routes and one.before is None for one in found)


@pytest.mark.parametrize("pick", [0, 1])
def test_an_answer_settles_its_question_for_good(pick: int) -> None:
    """Whether it is yes or no; when all are answered, nothing is open."""
    profile: dict[str, str] = {}
    for _number in range(len(profiles.KEYS) + 1):
        left = _open(profile)
        if not left:
            break
        assert left[0].key not in profile
        profile[left[0].key] = _answers(left[0].key)[pick]

    assert _open(profile) == ()


def test_a_no_rejects_with_the_code_of_the_person() -> None:
    """And `--why-not` says which answer it was."""
    known = catalogue.catalogue()
    profile = {"licence": "no", "health_certificate": "no", "real_name": "no"}
    stock = inventory.stock(
        SLOTS, [], [Asset(1, "e_bike", "e_bike", None, None), Asset(2, "car", "car", None, None)],
        profile, TODAY,
    )  # fmt: skip
    advice = matching.match(stock, known, rates.learn(known, [], TODAY), "income", TODAY)
    said = {one.id: (one.code, one.text) for one in advice.rejected}

    assert said["didi_sfc"] == ("profile", "没有驾照")
    assert said["meituan_zhongbao"] == ("profile", "没有健康证")
    assert said["amap_taojin"] == ("profile", "要实名认证，你记过不愿意")
    assert said["ride_hailing"] == ("profile", "没有驾照")


def test_an_answer_that_is_too_old_is_asked_again_with_its_day() -> None:
    """It counts as open; the earlier answer is shown."""
    days = {"health_certificate": "2025-06-01", "licence": "2020-01-01"}
    found = {one.key: one for one in _open({"health_certificate": "no", "licence": "yes"}, days)}

    assert found["health_certificate"].before == ("no", "2025-06-01")
    assert "licence" not in found


def test_the_word_for_an_answer_is_none() -> None:
    """The command that is shown cannot be run as it stands by mistake."""
    for key in (one.key for one in _open({})):
        *_words, name, placeholder = openchecks.command(key).split()

        assert name == key
        assert openchecks.question(key).endswith("？")
        with pytest.raises(Exception, match=placeholder):
            profiles.check(name, placeholder, TODAY.year)
        for word in openchecks.words(key):
            assert profiles.check(name, word, TODAY.year)[0] == key


def test_every_check_that_a_route_can_ask_for_has_an_answer() -> None:
    """But the employer's no: that was answered, and stays a warning."""
    names = ("age", "birthday", "driving_licence", "health_certificate", "real_name", "city",
             "region", "pc", *(f"asset:{tag}" for tag in profiles.THINGS))  # fmt: skip

    assert {openchecks.key_of(name) for name in names} <= set(profiles.KEYS)
    assert openchecks.key_of("employer") is None
    for name in names:
        key = openchecks.key_of(name)
        assert f"xianke inventory set {key} " in reasons.check_text(name)
        assert reasons.check_name(name)
