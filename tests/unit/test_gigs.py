"""A gig's money, its states, and how sums become a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xianke import gigs, i18n
from xianke.errors import NotUnderstood
from xianke.gigs import Flows, Report, Row
from xianke.records import GIG_STATUSES, Gig, GigStatus, Sums

GIG = Gig(
    id=1,
    platform="xianyu",
    category="second_hand_rental",
    day="2026-11-20",
    start_minute=840,
    orders=1,
    worked_minutes=40,
    unpaid_minutes=20,
    gross_fen=10_000,
    fee_fen=600,
    cost_fen=1_500,
    tax_fen=300,
    status="paid",
    due=None,
    paid_day="2026-11-20",
    rating=None,
    note=None,
)


def _in(status: GigStatus) -> Gig:
    return gigs.with_status(GIG, status)


# Money


@pytest.mark.parametrize("status", ["accepted", "delivered", "paid"])
def test_net_is_gross_less_fee_cost_and_tax(status: GigStatus) -> None:
    """What stays is what was earned less everything that was taken off or spent."""
    assert gigs.net_fen(_in(status)) == 10_000 - 600 - 1_500 - 300


@pytest.mark.parametrize("status", ["accepted", "delivered", "paid"])
def test_nobody_owes_the_users_own_cost(status: GigStatus) -> None:
    """The receivable is gross less fee and tax."""
    assert gigs.receivable_fen(_in(status)) == 10_000 - 600 - 300


@pytest.mark.parametrize("status", ["rejected", "cancelled"])
def test_a_gig_that_came_to_nothing_earned_nothing(status: GigStatus) -> None:
    """Zero gross, and so no fee and no tax; what was spent on it is still spent."""
    gig = _in(status)

    assert [gigs.earned_fen(gig), gigs.fee_fen(gig), gigs.tax_fen(gig)] == [0, 0, 0]
    assert gigs.receivable_fen(gig) == 0
    assert gigs.net_fen(gig) == -1_500


def test_a_platform_may_keep_everything() -> None:
    """Fee and tax up to the gross leave nothing to be paid out, and that is not wrong."""
    gig = replace(GIG, fee_fen=9_700, tax_fen=300)

    gigs.check(gig)

    assert gigs.receivable_fen(gig) == 0


# What an hour brought


def test_an_hour_counts_the_unpaid_minutes_too() -> None:
    """76 yuan over 40 + 20 minutes are 76 yuan an hour."""
    assert gigs.net_fen_per_hour(GIG) == 7_600


@pytest.mark.parametrize(
    ("net_fen", "minutes", "rate"),
    [
        (100, 60, 100),
        (100, 7, 857),
        (1, 61, 0),
        (0, 45, 0),
        (-1, 61, -1),
        (-100, 7, -858),
    ],
)
def test_an_hourly_rate_never_flatters(net_fen: int, minutes: int, rate: int) -> None:
    """It is rounded down, a loss too."""
    gig = replace(GIG, fee_fen=0, tax_fen=0, worked_minutes=minutes, unpaid_minutes=0)
    gig = replace(gig, gross_fen=max(net_fen, 0), cost_fen=max(-net_fen, 0))

    assert gigs.net_fen_per_hour(gig) == rate


@pytest.mark.parametrize(("worked", "unpaid"), [(None, 0), (None, 30), (0, 0)])
def test_without_minutes_there_is_no_hourly_rate(worked: int | None, unpaid: int) -> None:
    """Nothing is guessed: waiting alone does not say how long the work took."""
    gig = replace(GIG, worked_minutes=worked, unpaid_minutes=unpaid)

    assert gigs.net_fen_per_hour(gig) is None


def test_a_rejected_gig_is_zero_pay_for_its_minutes() -> None:
    """It has an hourly rate all the same: nothing, or less where it cost something."""
    assert gigs.net_fen_per_hour(_in("rejected")) == -1_500
    assert gigs.net_fen_per_hour(replace(_in("rejected"), cost_fen=0)) == 0


# What cannot be


def test_more_cannot_be_taken_off_than_was_earned() -> None:
    """A fee and a tax above the gross are refused with the way to write it."""
    with pytest.raises(NotUnderstood) as refused:
        gigs.check(replace(GIG, fee_fen=9_701))

    assert "--cost" in (refused.value.hint or "")


def test_what_is_taken_off_a_rejected_gig_does_not_matter() -> None:
    """It was agreed, but never happened."""
    gigs.check(replace(_in("rejected"), fee_fen=20_000))


def test_money_cannot_be_due_before_the_work() -> None:
    """A due day before the day of the gig is refused, on the day itself it is fine."""
    gigs.check(replace(GIG, due=GIG.day))

    with pytest.raises(NotUnderstood) as refused:
        gigs.check(replace(GIG, due="2026-11-19"))

    assert "2026-11-19" in refused.value.message
    assert GIG.day in refused.value.message


@pytest.mark.parametrize(("worked", "unpaid"), [(gigs.MAX_MINUTES, 0), (None, gigs.MAX_MINUTES)])
def test_a_gig_has_an_end(worked: int | None, unpaid: int) -> None:
    """Months on end are a slip of the finger; the longest that is taken is still taken."""
    gig = replace(GIG, worked_minutes=worked, unpaid_minutes=unpaid)
    gigs.check(gig)

    with pytest.raises(NotUnderstood):
        gigs.check(replace(gig, unpaid_minutes=unpaid + 1))


# States


def test_a_status_is_read_by_code_and_by_name() -> None:
    """Both, in any case and with blanks around."""
    names = gigs.status_names()

    assert tuple(names) == GIG_STATUSES
    assert [gigs.check_status(f" {code.upper()} ") for code in GIG_STATUSES] == list(GIG_STATUSES)
    assert [gigs.check_status(name) for name in names.values()] == list(GIG_STATUSES)


def test_a_status_is_read_by_code_in_english_too() -> None:
    """The codes are the same in every language."""
    i18n.set_language("en")

    assert [gigs.check_status(code) for code in GIG_STATUSES] == list(GIG_STATUSES)


@pytest.mark.parametrize("text", ["", "done", "pai", "已", "paid,delivered"])
def test_another_status_is_refused_with_all_there_are(text: str) -> None:
    """The word is quoted, the hint lists codes and names."""
    with pytest.raises(NotUnderstood) as refused:
        gigs.check_status(text)

    assert f"「{text}」" in refused.value.message
    assert all(code in (refused.value.hint or "") for code in GIG_STATUSES)


def test_a_paid_gig_was_paid_on_a_day() -> None:
    """On its own day unless another is given or known; whatever else has no day of payment."""
    unpaid = _in("delivered")

    assert unpaid == replace(GIG, status="delivered", paid_day=None)
    assert gigs.with_status(unpaid, "paid") == GIG
    assert gigs.with_status(unpaid, "paid", "2026-11-22") == replace(GIG, paid_day="2026-11-22")
    later = replace(GIG, paid_day="2026-11-21")
    assert gigs.with_status(later, "paid") == later
    assert gigs.with_status(later, "paid", "2026-11-22").paid_day == "2026-11-22"
    assert gigs.with_status(later, "rejected", "2026-11-22").paid_day is None


# Words of options


@pytest.mark.parametrize("text", ["1", "2", "3", "4", "5"])
def test_ratings_are_one_to_five(text: str) -> None:
    """Whole numbers only."""
    assert gigs.check_rating(text) == int(text)


@pytest.mark.parametrize("text", ["0", "6", "", "4.5", "五", "５", "-1", "05"])
def test_other_ratings_are_refused(text: str) -> None:
    """The word is quoted."""
    with pytest.raises(NotUnderstood, match=f"「{text}」"):
        gigs.check_rating(text)


@pytest.mark.parametrize(("text", "count"), [("1", 1), ("17", 17), ("100000", 100_000)])
def test_a_count_is_a_number_of_orders(text: str, count: int) -> None:
    """At least one."""
    assert gigs.check_count(text) == count


@pytest.mark.parametrize("text", ["0", "-3", "", "1.5", "十", "１", "100001", "9" * 5_000])
def test_other_counts_are_refused(text: str) -> None:
    """The word is quoted, however long it is."""
    with pytest.raises(NotUnderstood, match=f"「{text}」"):
        gigs.check_count(text)


def test_a_report_is_divided_by_one_of_six() -> None:
    """Each by its English word."""
    keys = ("platform", "category", "month", "week", "weekday", "hour")

    assert keys == gigs.REPORT_KEYS
    assert tuple(map(gigs.check_report_key, keys)) == keys


@pytest.mark.parametrize("text", ["", "day", "Platform", "month ", "平台"])
def test_a_report_is_divided_by_nothing_else(text: str) -> None:
    """The hint names what there is."""
    with pytest.raises(NotUnderstood) as refused:
        gigs.check_report_key(text)

    assert f"「{text}」" in refused.value.message
    assert all(key in (refused.value.hint or "") for key in gigs.REPORT_KEYS)


# Reports


def _sums(key: str | None, gross_fen: int, minutes: int = 60) -> Sums:
    """Return the sums of one gig without deductions."""
    return Sums(key, 1, 1, minutes, 0, gross_fen, 0, 0, 0, gross_fen, minutes)


def _row(key: str, gross_fen: int, received_fen: int = 0, minutes: int = 60) -> Row:
    """Return the row of one gig without deductions."""
    rate = gross_fen * 60 // minutes
    return Row(key, f"<{key}>", 1, 1, minutes, 0, gross_fen, 0, 0, 0, gross_fen, rate, received_fen)


def _report(
    by: gigs.By,
    sums: list[Sums],
    received: list[tuple[str | None, int]] | None = None,
    received_fen: int | None = None,
) -> Report:
    money = received or []
    total = sum(fen for _key, fen in money) if received_fen is None else received_fen
    return _with(by, sums, Flows(money, total, 0))


def _with(by: gigs.By, sums: list[Sums], flows: Flows) -> Report:
    categories = {"apple": "selling", "pear": "selling"}
    return gigs.report(by, sums, flows, lambda key: f"<{key}>", categories.get)


def _keys(report: Report) -> list[str]:
    return [row.key for row in report.rows]


def test_a_report_holds_every_column() -> None:
    """Sums come through as they are; net is what is left, the rate covers the timed gigs only."""
    sums = Sums("xianyu", 3, 2, 100, 45, 20_000, 700, 1_100, 200, 9_001, 130)

    flows = Flows([("xianyu", 12_000)], 12_000, 3_400, written_off_fen=500, deposit_fen=9_900)

    found = _with("platform", [sums], flows)

    row = Row(
        key="xianyu",
        name="<xianyu>",
        gigs=3,
        timed_gigs=2,
        worked_minutes=100,
        unpaid_minutes=45,
        gross_fen=20_000,
        fee_fen=700,
        cost_fen=1_100,
        tax_fen=200,
        net_fen=18_000,
        net_fen_per_hour=4_154,
        received_fen=12_000,
    )
    assert found == Report(
        by="platform",
        rows=(row,),
        total=replace(row, key="total", name="合计"),
        earned_fen=19_100,
        unexplained_fen=0,
        outstanding_fen=3_400,
        written_off_fen=500,
        spend_fen=0,
        deposit_fen=9_900,
    )


def test_nothing_makes_an_empty_report() -> None:
    """No rows, zeros, and no rate rather than a rate of zero."""
    nothing = Row("total", "合计", 0, 0, 0, 0, 0, 0, 0, 0, 0, None, 0)

    assert _report("month", []) == Report("month", (), nothing, 0, 0, 0, 0, 0, 0)


def test_the_rate_of_the_total_is_not_a_mean_of_rates() -> None:
    """Long gigs weigh more: 100 yuan in one hour and 20 in three are 30 an hour."""
    found = _report("platform", [_sums("a", 10_000, 60), _sums("b", 2_000, 180)])

    assert found.total.net_fen_per_hour == 3_000


def test_days_are_folded_into_weeks_across_the_new_year() -> None:
    """New year's day of 2027 lies in the last week of 2026, with the day before."""
    days = [_sums("2026-12-31", 100), _sums("2027-01-01", 200), _sums("2027-01-04", 400)]

    found = _report("week", days, [("2027-01-03", 7), ("2027-01-04", 5)])

    week = replace(
        _row("2026-W53", 300, 7), gigs=2, timed_gigs=2, worked_minutes=120, net_fen_per_hour=150
    )
    assert found.rows == (week, _row("2027-W01", 400, 5))


def test_days_are_folded_into_weekdays_from_monday() -> None:
    """1 is Monday and 7 Sunday, in this order."""
    days = [_sums("2026-11-22", 100), _sums("2026-11-16", 200), _sums("2026-11-23", 400)]

    found = _report("weekday", days)

    monday = replace(_row("1", 600), gigs=2, timed_gigs=2, worked_minutes=120, net_fen_per_hour=300)
    assert found.rows == (monday, _row("7", 100))


def test_hours_stand_in_their_own_order_and_the_unknown_one_last() -> None:
    """9 comes before 10; a gig without a start belongs to no hour and is still there."""
    found = _report("hour", [_sums(None, 5), _sums("10", 1), _sums("9", 2), _sums("0", 3)])

    assert found.rows == (_row("0", 3), _row("9", 2), _row("10", 1), _row(gigs.UNKNOWN_KEY, 5))


@pytest.mark.parametrize("by", ["platform", "category"])
def test_what_brought_most_stands_first(by: gigs.By) -> None:
    """By net, then by key; losses last."""
    loss = replace(_sums("b", 100), cost_fen=300)
    sums = [_sums("d", 100), loss, _sums("c", 900), _sums("a", 100)]

    assert _keys(_report(by, sums)) == ["c", "a", "d", "b"]


def test_months_stand_in_the_order_of_time() -> None:
    """Whatever they brought."""
    sums = [_sums("2026-11", 100), _sums("2025-12", 300), _sums("2026-01", 200)]

    assert _keys(_report("month", sums)) == ["2025-12", "2026-01", "2026-11"]


def test_money_may_come_in_a_month_without_gigs() -> None:
    """Such a row has zeros in the earned columns and no rate."""
    found = _report("month", [_sums("2026-10", 100)], [("2026-11", 100)])

    later = Row("2026-11", "<2026-11>", 0, 0, 0, 0, 0, 0, 0, 0, 0, None, 100)
    assert found.rows == (_row("2026-10", 100), later)


@pytest.mark.parametrize("by", gigs.REPORT_KEYS)
def test_money_that_settles_nothing_has_a_row_of_its_own(by: gigs.By) -> None:
    """Its money is received and nothing else: earned columns 0, no rate, the row the last one."""
    key = {"month": "2026-11", "week": "2026-11-22", "weekday": "2026-11-22"}.get(by, "3")

    found = _report(by, [_sums(key, 100)], [(key, 60)], 1_060)

    assert found.rows[-1] == Row(
        "unexplained", "<unexplained>", 0, 0, 0, 0, 0, 0, 0, 0, 0, None, 1_000
    )
    assert found.unexplained_fen == 1_000
    assert found.total.received_fen == 1_060
    assert (found.total.gross_fen, found.total.gigs) == (100, 1)


def test_only_unexplained_money_is_a_report_too() -> None:
    """It is never hidden."""
    assert _keys(_report("platform", [], [], 500)) == ["unexplained"]


SPENDS = [("apple", "2026-10-31", 300), ("pear", "2026-11-01", 50), ("apple", "2026-11-22", 7)]


@pytest.mark.parametrize(
    ("by", "cost"),
    [
        ("platform", {"apple": 307, "pear": 50}),
        ("category", {"selling": 357}),
        ("month", {"2026-10": 300, "2026-11": 57}),
        ("week", {"2026-W44": 350, "2026-W47": 7}),
        ("weekday", {"6": 300, "7": 57}),
        ("hour", {"unknown": 357}),
    ],
)
def test_a_spend_is_a_cost_of_its_platform_and_day(by: gigs.By, cost: dict[str, int]) -> None:
    """It has a row where there are no gigs; of what hour it was nobody knows."""
    found = _with(by, [], Flows([], 0, 0, spends=SPENDS))

    assert {row.key: row.cost_fen for row in found.rows} == cost
    assert {row.key: -row.net_fen for row in found.rows} == cost
    assert (found.total.cost_fen, found.total.net_fen, found.spend_fen) == (357, -357, 357)


def test_a_spend_of_a_platform_without_category_has_none_either() -> None:
    """It is there all the same."""
    found = _with("category", [], Flows([], 0, 0, spends=[("plum", "2026-11-22", 10)]))

    assert [(row.key, row.cost_fen) for row in found.rows] == [(gigs.UNKNOWN_KEY, 10)]


def test_a_spend_is_in_no_hourly_rate() -> None:
    """It belongs to no hour: the net falls, the rate of the gigs does not."""
    found = _with("platform", [_sums("apple", 10_000)], Flows([], 0, 0, spends=SPENDS[:1]))

    row = replace(_row("apple", 10_000), cost_fen=300, net_fen=9_700)
    assert found.rows == (row,)
    assert found.total == replace(row, key="total", name="合计")
    assert (found.total.net_fen_per_hour, found.earned_fen) == (10_000, 10_000)


@pytest.mark.parametrize(
    ("gig", "counted"),
    [
        (_in("accepted"), False),
        (_in("delivered"), True),
        (_in("paid"), True),
        (_in("rejected"), True),
        (_in("cancelled"), True),
        (replace(_in("cancelled"), cost_fen=0), True),
        (replace(_in("cancelled"), cost_fen=0, worked_minutes=None), False),
    ],
)
def test_what_was_called_off_counts_once_it_has_cost_something(gig: Gig, counted: bool) -> None:
    """Money or time; what is only agreed on counts nowhere yet."""
    assert gigs.is_counted(gig) is counted


# Heat, weeks, comparison


def test_the_heat_map_adds_up_weekdays_and_hours() -> None:
    """Two Sundays at nine are one cell."""
    cells = [("2026-11-15", 9, 40), ("2026-11-22", 9, 5), ("2026-11-22", 10, 7)]

    assert gigs.heat_map(cells) == {(7, 9): 45, (7, 10): 7}
    assert gigs.heat_map([]) == {}


def test_own_minutes_are_gathered_by_route_and_week() -> None:
    """One number per week in which the route was used, whichever days they fall on."""
    cells = [
        ("xianyu", None, "2026-11-16", 30),
        ("xianyu", None, "2026-11-22", 15),
        ("xianyu", None, "2026-11-23", 60),
        ("xianyu", "skill_service", "2026-11-23", 90),
    ]

    found = gigs.own_weeks(cells, lambda platform, category: (category or "own", platform))

    assert found == {("own", "xianyu"): (45, 60), ("skill_service", "xianyu"): (90,)}


@pytest.mark.parametrize(
    ("earlier", "share"),
    [
        ([], None),
        ([1, 2], None),
        ([1, 2, 3], 2 / 3),
        ([3, 3, 3], 0.0),
        ([1, 1, 1, 1], 1.0),
    ],
)
def test_a_comparison_needs_three_earlier_gigs(earlier: list[int], share: float | None) -> None:
    """It is the share of them that is beaten; a draw beats nothing."""
    assert gigs.comparison(earlier, 3) == share
