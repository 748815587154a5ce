"""The program as a policy of a made-up world in which advice is judged by what it earns.

`make` turns the world's entries into the program's own records and asks `rates` and `planner`;
nothing is learned here. `advice_run.py` beside this file plays it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from life import fits

from xianke import planner, rates
from xianke.catalogue import Catalogue, Category, Conditions, Fact, Factor, Pay, Platform
from xianke.records import Gig
from xianke.worth import Outlook

MONDAY = date(2024, 1, 1)
EFFORT = planner.QUICK
DEPOSIT_LOST = 0.4
"""Of money asked for first, the share that is counted as gone: the world does not say how much."""

FACTORS = {
    "unpaid_share": Factor("unpaid_share", 0.33, 0.25, "", "", None, "third_party"),
    "advertised": Factor("advertised", 0.0, 0.3, "", "", None, "assumption"),
}
"""The shipped factors between what is advertised and what comes in, in the figures alone."""

Entry = dict[str, Any]


def make(catalogue: list[Entry], profile: Entry) -> Policy:
    """Return a policy for one life."""
    return Policy(catalogue, profile)


class Policy:
    """One life's adviser: it keeps the last thing it learned, and nothing else."""

    def __init__(self, catalogue: list[Entry], profile: Entry) -> None:
        self.entries = {entry["route"]: entry for entry in catalogue}
        self.catalogue = catalogue_of(catalogue)
        self.weeks, self.seed = profile["weeks"], profile["seed"]
        self._learned: tuple[list[Entry], date, rates.Rates] | None = None

    def plan(self, week: int, slots: list[Entry], history: list[Entry]) -> list[tuple[int, str]]:
        """Return which route to use in which slot."""
        first = MONDAY + timedelta(weeks=week - 1)
        known = self.learn(history, first).experience
        pieces = tuple(piece_of(slot) for slot in slots)
        paid = {record["route"] for record in history}
        routes = tuple(
            planner.Open(
                Outlook((entry["category"], name), known, entry["settlement_days"]),
                tuple(number for number, slot in enumerate(slots) if fits(entry, slot, True)),
                setup_minutes=entry["setup_minutes"],
                start_up_fen=0 if name in paid else round(DEPOSIT_LOST * entry["upfront_fen"]),
            )
            for name, entry in self.entries.items()
        )
        request = planner.Request(
            first,
            pieces,
            routes,
            horizon_weeks=self.weeks - week + 1,
            effort=EFFORT,
            seed=self.seed + week,
        )
        places = {piece.start: number for number, piece in enumerate(pieces)}
        return [(places[one.piece.start], one.route[1]) for one in planner.plan(request).blocks]

    def interval(self, route: str, history: list[Entry]) -> tuple[int, int] | None:
        """Return the range for the next paid gig, in fen per hour."""
        last = max((record["day"] for record in history), default=0)
        known = self.learn(history, MONDAY + timedelta(days=last))
        rate = known.routes[self.entries[route]["category"], route]
        if rate.low_fen_per_hour is None or rate.high_fen_per_hour is None:
            return None
        return rate.low_fen_per_hour, rate.high_fen_per_hour

    def learn(self, history: list[Entry], today: date) -> rates.Rates:
        """Return what the records say; what was just learned is not learned again."""
        if self._learned is None or self._learned[:2] != (history, today):
            gigs = [gig_of(number, record) for number, record in enumerate(history, 1)]
            self._learned = list(history), today, rates.learn(self.catalogue, gigs, today)
        return self._learned[2]


def piece_of(slot: Entry) -> planner.Piece:
    """Return a slot of the world as a piece of free time."""
    midnight = datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=slot["day"])
    start = midnight + timedelta(minutes=slot["start_minute"])
    return planner.Piece(start, start + timedelta(minutes=slot["minutes"]))


def gig_of(number: int, record: Entry) -> Gig:
    """Return a record of the world as a logged gig."""
    paid = record["status"] == "paid"
    return Gig(
        number,
        record["route"],
        record["category"],
        (MONDAY + timedelta(days=record["day"])).isoformat(),
        record["start_minute"],
        1,
        record["worked_minutes"],
        record["unpaid_minutes"],
        record["gross_fen"],
        record["fee_fen"],
        record["cost_fen"],
        0,
        record["status"],
        None,
        (MONDAY + timedelta(days=record["paid_day"])).isoformat() if paid else None,
        None,
        None,
    )


def catalogue_of(entries: Sequence[Entry]) -> Catalogue:
    """Return the world's entries as a catalogue in which all pay is advertised."""
    platforms = {
        entry["route"]: Platform(
            entry["route"],
            entry["route"],
            "platform",
            entry["category"],
            "time",
            "",
            Conditions(
                min_block_minutes=entry["min_block_minutes"], setup_minutes=entry["setup_minutes"]
            ),
            {"status": Fact("active")},
            pay=_pay(entry, "route"),
        )
        for entry in entries
    }
    shared: dict[str, tuple[Pay, ...]] = {}
    for entry in entries:
        shared[entry["category"]] = shared.get(entry["category"]) or _pay(entry, "category")
    categories = {
        name: Category(name, name, "", "time", 0.0, "", (), (), pay, (), Conditions(), (), None)
        for name, pay in shared.items()
    }
    return Catalogue(MONDAY.isoformat(), categories, platforms, FACTORS, ())


def _pay(entry: Entry, scope: str) -> tuple[Pay, ...]:
    if entry["pay_scope"] != scope:
        return ()
    pay = entry["pay"]
    return (
        Pay(
            "yuan_per_hour", pay["low"], pay["typical"], pay["high"], "advertised", "official",
            "", MONDAY.isoformat(), False, False, False, None, None,
        ),
    )  # fmt: skip
