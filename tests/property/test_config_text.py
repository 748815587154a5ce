"""Laws of changing a settings file: one setting changes, everything else is as it was."""

from __future__ import annotations

import tomllib

from hypothesis import assume, given
from hypothesis import strategies as st

from xianke import configuring
from xianke.errors import Unreadable

LINES = st.sampled_from(
    [
        "",
        "# zone = 1",
        'zone = "Asia/Tokyo" # here',
        "'zone' = 'Asia/Tokyo'",
        '"zone"="a#b"',
        'language = "zh"',
        "other = 3",
        'other.zone = "x"',
        'text = """',
        '"""',
        "[zone]",
        "[table]",
        "list = [",
        "]",
    ]
)
TEXTS = st.tuples(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n"])).map(
    lambda pair: pair[1].join(pair[0])
)


@given(TEXTS, st.sampled_from(["Asia/Urumqi", "UTC", ""]))
def test_one_setting_changes_and_nothing_else(text: str, value: str) -> None:
    """Or the file is refused; taking the setting out again leaves the rest."""
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
        raise
    try:
        after = configuring.with_value(text, "zone", value)
        without = configuring.without(after, "zone")
    except Unreadable:
        return

    assert tomllib.loads(after) == {**before, "zone": value}
    assert tomllib.loads(without) == {name: one for name, one in before.items() if name != "zone"}
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in after.splitlines() if line.startswith("#")
    ]
