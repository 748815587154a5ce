"""Inventory: places, devices, what a slot suits, levels, the profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from xianke import inventory, profiles, slots
from xianke.catalogue import Conditions
from xianke.errors import NotFound, NotUnderstood
from xianke.inventory import Devices, Fit, FreeSlot
from xianke.records import PLACES, Asset, Place, Skill, Slot

TODAY = date(2026, 11, 22)


def slot(
    place: Place = "home", devices: str | None = None, *, driving: bool = False, rule: str = ""
) -> Slot:
    return Slot(1, rule, None, place, devices, driving)


def free(row: Slot, text: str = "工作日 19:00-21:00") -> FreeSlot:
    return FreeSlot(row, slots.parse(text, today=TODAY))


def skill(key: str, level: int = 5) -> Skill:
    return Skill(1, key, key, level)


def asset(key: str) -> Asset:
    return Asset(1, key, key, None, None)


# What a stock holds


def test_free_minutes_count_overlaps_once() -> None:
    """Two slots from nine to eleven and from ten to twelve are three hours, five days a week."""
    rows = [
        replace(slot(rule="工作日 09:00-11:00"), id=1),
        replace(slot(rule="工作日 10:00-12:00"), id=2),
    ]

    stock = inventory.stock(rows, [], [], {}, TODAY)

    assert [one.minutes_per_week for one in stock.slots] == [600, 600]
    assert stock.free_minutes_per_week == 900


@pytest.mark.parametrize(
    ("stock", "empty"),
    [
        (inventory.stock([], [], [], {"city": "杭州"}, TODAY), True),
        (inventory.stock([slot(rule="工作日 09:00-11:00")], [], [], {}, TODAY), False),
        (inventory.stock([], [skill("ppt")], [], {}, TODAY), False),
        (inventory.stock([], [], [asset("camera")], {}, TODAY), False),
    ],
    ids=["profile", "slot", "skill", "asset"],
)
def test_a_profile_alone_is_no_inventory(stock: inventory.Stock, empty: bool) -> None:
    """A city gives nobody work."""
    assert stock.empty is empty


# Places


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("通勤", "transit"),
        ("坐地铁", "transit"),
        ("Morning commute", "transit"),
        ("午休", "office"),
        ("Lunch break", "office"),
        ("小区散步", "neighbourhood"),
        ("晚上", "home"),
        ("", "home"),
        (None, "home"),
    ],
)
def test_a_label_tells_the_place(label: str | None, place: str) -> None:
    """What is not told is home."""
    assert inventory.guess_place(label, driving=False) == place


def test_driving_is_transit_whatever_the_label_says() -> None:
    """Nobody drives at home."""
    assert inventory.guess_place("午休", driving=True) == "transit"


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_known_by_its_code_and_its_name(place: Place) -> None:
    """Width, case and blanks do not matter."""
    assert inventory.check_place(f" {place.upper()} ") == place
    assert inventory.check_place(inventory.place_names()[place]) == place


def test_an_unknown_place_is_refused_with_all_that_there_are() -> None:
    """The hint lists codes and names."""
    with pytest.raises(NotUnderstood) as caught:
        inventory.check_place("月球")

    assert caught.value.message == "没有「月球」这个地点"
    for place, name in inventory.place_names().items():
        assert place in (caught.value.hint or "")
        assert name in (caught.value.hint or "")


# Devices


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ([], None),
        (["phone"], "phone"),
        (["电脑"], "pc"),
        (["PC", "手机"], "phone,pc"),
        (["pc", "pc"], "pc"),
    ],
)
def test_devices_are_stored_in_one_order(typed: list[str], stored: str | None) -> None:
    """None where nobody named one: then the place decides."""
    assert inventory.check_devices(typed) == stored


def test_an_unknown_device_is_refused() -> None:
    """Half of a list is not stored."""
    with pytest.raises(NotUnderstood, match="没有「算盘」这种设备"):
        inventory.check_devices(["phone", "算盘"])


UNASKED = frozenset({"pc"})


@pytest.mark.parametrize(
    ("place", "profile", "sure", "perhaps"),
    [
        ("home", {}, {"phone"}, UNASKED),
        ("office", {}, {"phone"}, UNASKED),
        ("anywhere", {}, {"phone"}, UNASKED),
        ("transit", {}, {"phone"}, frozenset()),
        ("neighbourhood", {}, {"phone"}, frozenset()),
        ("home", {"pc": "yes"}, {"phone", "pc"}, frozenset()),
        ("office", {"pc": "yes"}, {"phone", "pc"}, frozenset()),
        ("transit", {"pc": "yes"}, {"phone"}, frozenset()),
        ("neighbourhood", {"pc": "yes"}, {"phone"}, frozenset()),
        ("home", {"pc": "no"}, {"phone"}, frozenset()),
        ("home", {"phone": "no", "pc": "yes"}, {"pc"}, frozenset()),
        ("transit", {"phone": "no"}, set(), frozenset()),
    ],
)
def test_a_phone_is_everywhere_and_an_owned_computer_at_home_and_office(
    place: Place, profile: dict[str, str], sure: set[str], perhaps: frozenset[str]
) -> None:
    """A computer nobody asked about is neither there nor missing."""
    found = inventory.devices_at_hand(slot(place), profile)

    assert found == Devices(frozenset(sure), perhaps)


def test_devices_named_for_a_slot_go_before_the_rule() -> None:
    """Only on the way a computer is of no use."""
    assert inventory.devices_at_hand(slot("neighbourhood", "pc"), {}) == Devices(frozenset({"pc"}))
    assert inventory.devices_at_hand(slot("transit", "phone,pc"), {}) == Devices(
        frozenset({"phone"})
    )


# What a slot suits


@pytest.mark.parametrize(
    ("work", "slot_place", "suits"),
    [
        ("online", "home", True),
        ("online", "office", True),
        ("online", "anywhere", True),
        ("online", "transit", False),
        ("online", "neighbourhood", False),
        ("neighbourhood", "home", True),
        ("neighbourhood", "neighbourhood", True),
        ("neighbourhood", "anywhere", True),
        ("neighbourhood", "office", False),
        ("neighbourhood", "transit", False),
        ("onsite", "home", True),
        ("onsite", "neighbourhood", True),
        ("onsite", "anywhere", True),
        ("onsite", "office", False),
        ("onsite", "transit", False),
    ],
)
def test_work_has_a_place(work: str, slot_place: Place, suits: bool) -> None:
    """One leaves for the neighbourhood or a site from home; at the office only online work goes."""
    found = inventory.fit(free(slot(slot_place)), Conditions(place=work), {})

    assert (found.missing is None) is suits
    assert suits or found == Fit("no_place")


def test_on_the_way_only_interruptible_work_on_the_phone_goes() -> None:
    """A computer on the train is not at hand."""
    commute = free(slot("transit", "phone,pc"))

    for devices, missing in ((("phone",), None), (("pc", "phone"), None), (("pc",), "no_device")):
        wanted = Conditions(interruptible=True, devices_any=devices)
        assert inventory.fit(commute, wanted, {"pc": "yes"}).missing == missing


def test_a_driving_commute_admits_ride_sharing_and_nothing_else() -> None:
    """Whatever can be done on a phone in between cannot be done at the wheel."""
    drive = free(slot("transit", driving=True))

    assert inventory.fit(drive, Conditions(place="onsite", ride_sharing=True), {}).missing is None
    for wanted in (
        Conditions(interruptible=True),
        Conditions(place="neighbourhood"),
        Conditions(place="onsite"),
    ):
        assert inventory.fit(drive, wanted, {}) == Fit("no_place")


def test_a_missing_device_is_told_from_an_unknown_one() -> None:
    """A computer nobody asked about leaves the slot in, with a doubt."""
    wanted = Conditions(devices_any=("pc",))

    assert inventory.fit(free(slot()), wanted, {"pc": "no"}) == Fit("no_device")
    assert inventory.fit(free(slot()), wanted, {}).device_unsure
    assert not inventory.fit(free(slot()), wanted, {"pc": "yes"}).device_unsure


def test_only_spans_of_the_smallest_block_count() -> None:
    """Of two spans the one that is long enough is usable."""
    pieces = free(slot(), "工作日 12:00-12:30、19:00-21:00")

    found = inventory.fit(pieces, Conditions(min_block_minutes=60), {})

    assert found.rule is not None
    assert [(one.start, one.end) for one in found.rule.spans] == [(1140, 1260)]
    assert inventory.fit(pieces, Conditions(min_block_minutes=121), {}) == Fit("block_too_short")
    assert inventory.fit(pieces, Conditions(min_block_minutes=120), {}).missing is None


def test_the_calendar_is_estimated_for_years_that_are_not_published() -> None:
    """The far future has no announced holidays."""
    assert not inventory.calendar_is_estimated(TODAY)
    assert inventory.calendar_is_estimated(date(2050, 5, 1))


# Level and profile


def test_levels_go_from_one_to_five() -> None:
    """As digits, nothing else."""
    assert [inventory.check_level(str(level)) for level in range(1, 6)] == [1, 2, 3, 4, 5]
    for typed in ("0", "6", "三", "3.0", "-1", "", "²"):
        with pytest.raises(NotUnderstood, match="看不懂熟练度"):
            inventory.check_level(typed)


@pytest.mark.parametrize(
    ("key", "typed", "stored", "read"),
    [
        ("city", "  杭州 ", "杭州", "杭州"),
        ("birth_year", "1995", "1995", 1995),
        ("birth_year", "2016", "2016", 2016),
        ("birth_year", "1916", "1916", 1916),
        ("education", "本科", "本科", "本科"),
        ("student", "是", "yes", True),
        ("licence", "YES", "yes", True),
        ("licence", "没有", "no", False),
        ("health_certificate", "有", "yes", True),
        ("employer_forbids_side_jobs", "不是", "no", False),
        ("phone", "no", "no", False),
        ("pc", "true", "yes", True),
    ],
)
def test_a_profile_answer_is_stored_and_read_back(
    key: str, typed: str, stored: str, read: object
) -> None:
    """People get text, programs get years and truths."""
    assert profiles.check(key, typed, 2026) == (key, stored)
    assert profiles.value(key, stored) == read


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("birth_year", "九五年", "看不懂出生年份「九五年」"),
        ("birth_year", "1915", "看不懂出生年份「1915」"),
        ("birth_year", "2017", "看不懂出生年份「2017」"),
        ("birth_year", "", "看不懂出生年份「」"),
        ("education", "小学", "看不懂学历「小学」"),
        ("licence", "也许", "看不懂「也许」"),
        ("student", "", "看不懂「」"),
        ("city", "  ", "city 的值是空的"),
    ],
)
def test_a_wrong_answer_is_refused_with_the_users_words(key: str, typed: str, message: str) -> None:
    """And with a hint."""
    with pytest.raises(NotUnderstood) as caught:
        profiles.check(key, typed, 2026)

    assert caught.value.message == message
    assert caught.value.hint


def test_an_unknown_question_is_not_found_and_all_questions_are_named() -> None:
    """So that nobody has to look them up."""
    with pytest.raises(NotFound) as caught:
        profiles.check("weight", "70", 2026)

    assert caught.value.message == "没有「weight」这一项"
    for key in profiles.KEYS:
        assert key in (caught.value.hint or "")


def test_levels_of_education_are_understood_in_the_language_in_use() -> None:
    """Whatever they are called, they are stored the same way."""
    for stored, name in profiles.education_names().items():
        assert profiles.check("education", name, 2026) == ("education", stored)


def test_yes_and_no_are_told_apart() -> None:
    """Blanks around do not matter."""
    assert profiles.is_yes(" 是 ")
    assert not profiles.is_yes("no")


def test_a_certificate_is_yes_no_or_not_known() -> None:
    """Not known is not no."""
    assert inventory.certificate_state("driving_licence", {}) is None
    assert inventory.certificate_state("driving_licence", {"licence": "yes"}) == "yes"
    assert inventory.certificate_state("health_certificate", {"health_certificate": "no"}) == "no"


@pytest.mark.parametrize("digits", [9, 5_000])
def test_no_end_of_digits_is_no_number_here(digits: int) -> None:
    """Neither a level nor a year of birth, and no fault of the program's."""
    with pytest.raises(NotUnderstood):
        inventory.check_level("9" * digits)
    with pytest.raises(NotUnderstood):
        profiles.check("birth_year", "9" * digits, 2026)
