"""What idle things bring: let, used or sold, and never a figure that nobody vouches for."""

from __future__ import annotations

from tests.unit.bestweeks import SLOTS, best, stock

from xianke import idling, scoring


def _idle(*assets: str, skills: tuple[str, ...] = ()) -> dict[str, idling.Idle]:
    week = best(have=stock(*SLOTS, assets=assets, skills=skills))
    return {one.asset.key: one for one in idling.of(week)}


def test_a_parking_space_is_let_by_the_month() -> None:
    """With the figures of the catalogue, and with nothing else to do with it."""
    found = _idle("parking_space")["parking_space"]

    (rent,) = found.yields
    assert (rent.use, rent.known) == ("rent", True)
    stated = [
        income
        for platform in best().means.catalogue.routes()
        if "parking_space" in platform.conditions.assets_any + platform.conditions.assets_all
        and (income := scoring.income_of(platform)) is not None
    ]
    assert (rent.low_fen, rent.mid_fen, rent.high_fen) in [
        (one.low_fen, one.mid_fen, one.high_fen) for one in stated
    ]


def test_where_no_figure_is_credible_none_is_named() -> None:
    """A camera can be let and sold, for nobody knows how much."""
    found = _idle("camera")["camera"]

    for use in ("rent", "sell"):
        one = found.of(use)
        assert one is not None
        assert (one.known, one.low_fen, one.mid_fen, one.high_fen) == (False, None, None, None)
        assert one.routes
    assert found.of("use") is None


def test_an_e_bike_adds_to_a_week_what_it_opens() -> None:
    """Never less than nothing, and in order."""
    use = _idle("e_bike", skills=("errands",))["e_bike"].of("use")

    assert use is not None
    assert use.low_fen is not None
    assert use.mid_fen is not None
    assert use.high_fen is not None
    assert 0 <= use.low_fen <= use.mid_fen <= use.high_fen
    assert use.high_fen > 0


def test_what_another_thing_does_as_well_adds_nothing() -> None:
    """The second of two e-bikes opens no route."""
    use = _idle("e_bike", "e_bike", skills=("errands",))["e_bike"].of("use")

    assert use is not None
    assert (use.low_fen, use.mid_fen, use.high_fen) == (0, 0, 0)


def test_a_thing_without_any_use_is_left_out() -> None:
    """Words of the user's own, too."""
    assert _idle("an old anchor") == {}
