"""Settings: where everything lies, which language is spoken, what time it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from xianke import i18n, settings
from xianke.errors import NotUnderstood, Unreadable

DEFAULTS = {"language": "", "zone": "Asia/Shanghai"}


def _configure(text: str | bytes) -> Path:
    path = settings.config_path()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# Where everything lies


def test_everything_lies_below_xianke_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One variable moves the store and the settings together."""
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "别处"))

    assert settings.home() == tmp_path / "别处"
    assert settings.database_path() == tmp_path / "别处" / "xianke.db"
    assert settings.config_path() == tmp_path / "别处" / "config.toml"


def test_a_tilde_means_the_user_s_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable set in a file, where no shell expands it, works as well."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("XIANKE_HOME", "~/xianke")

    assert settings.home() == tmp_path / "xianke"


def test_the_home_of_nobody_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user who does not exist has no folder: said in a sentence, not in a traceback."""
    monkeypatch.setenv("XIANKE_HOME", "~no-such-user-here/xianke")

    with pytest.raises(NotUnderstood) as caught:
        settings.home()

    assert "「~no-such-user-here/xianke」" in caught.value.message
    assert settings.choose_language({}) == "zh"


@pytest.mark.parametrize("override", [None, ""])
def test_without_xianke_home_the_platform_s_data_folder_is_used(
    override: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty variable counts as none."""
    if override is None:
        monkeypatch.delenv("XIANKE_HOME")
    else:
        monkeypatch.setenv("XIANKE_HOME", override)

    found = settings.home()

    assert found.is_absolute()
    assert found.name == "xianke"


# config.toml


def test_without_a_file_the_defaults_hold() -> None:
    """Nobody has to write a file, and reading writes none."""
    assert settings.read() == DEFAULTS
    assert not settings.home().exists()


def test_the_file_overrules_the_defaults() -> None:
    """What the file does not name keeps its default; names of newer programs are left alone."""
    _configure('language = "en"\ncolour_of_tomorrow = 3\n')

    assert settings.read() == {**DEFAULTS, "language": "en"}


def test_a_mark_at_the_beginning_of_the_file_does_no_harm() -> None:
    """Windows editors write one."""
    _configure(b"\xef\xbb\xbf" + b'zone = "Asia/Tokyo"\r\n')

    assert settings.read() == {**DEFAULTS, "zone": "Asia/Tokyo"}


@pytest.mark.parametrize("content", [b"language = ", b"\xff\xfe\x00", b"= 1", b"[[", b'zone = "a'])
def test_a_damaged_file_is_named(content: bytes) -> None:
    """The user learns which file it is."""
    path = _configure(content)

    with pytest.raises(Unreadable) as caught:
        settings.read()

    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_a_folder_in_place_of_the_file_is_named() -> None:
    """What cannot be read is not taken for an empty file."""
    settings.config_path().mkdir(parents=True)

    with pytest.raises(Unreadable) as caught:
        settings.read()

    assert str(settings.config_path()) in caught.value.message


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ('language = "fr"', "language", "fr"),
        ("language = true", "language", "True"),
        ('zone = "Mars/Olympus"', "zone", "Mars/Olympus"),
        ('zone = ""', "zone", ""),
        ('zone = "../../etc/passwd"', "zone", "../../etc/passwd"),
        ('zone = "Asia"', "zone", "Asia"),
        ("zone = 8", "zone", "8"),
    ],
)
def test_a_value_that_is_not_valid_is_refused(line: str, name: str, value: str) -> None:
    """The sentence names the setting and quotes the value, the hint says what to do."""
    _configure(line)

    with pytest.raises(NotUnderstood) as caught:
        settings.read()

    explanation = next(row.explanation() for row in settings.TABLE if row.name == name)
    assert caught.value.message == f"设置 {name} 的值「{value}」不能用"
    assert caught.value.hint == f"{explanation}。改回默认：xianke config unset {name}"


def test_every_default_is_valid_and_explained() -> None:
    """The table feeds the manual: no row without a sentence."""
    assert {row.name: row.default for row in settings.TABLE} == DEFAULTS
    assert all(row.valid(row.default) and row.explanation() for row in settings.TABLE)


def test_the_manual_has_every_row() -> None:
    """The table is written into `docs/settings.md`, in English, and nothing else stands there."""
    page = Path(__file__).parents[2] / "docs" / "settings.md"
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]

    i18n.set_language("en")

    assert rows == [
        f"| `{row.name}` | {f'`{row.default}`' if row.default else 'as the system'} "
        f"| {row.explanation()} |"
        for row in settings.TABLE
    ] + [f"| `{one.name}` | {one.explanation()} |" for one in settings.VARIABLES]


# Language


@pytest.mark.parametrize(
    ("environ", "config", "language"),
    [
        ({}, "", "zh"),
        ({"XIANKE_LANG": "en"}, 'language = "zh"', "en"),
        ({"XIANKE_LANG": "zh", "LANG": "en_US.UTF-8"}, 'language = "en"', "zh"),
        ({"XIANKE_LANG": "EN"}, "", "en"),
        ({"XIANKE_LANG": "fr", "LANG": "en_US.UTF-8"}, "", "zh"),
        ({"XIANKE_LANG": ""}, 'language = "en"', "en"),
        ({"LANG": "zh_CN.UTF-8"}, 'language = "en"', "en"),
        ({"LANG": "en_GB.UTF-8"}, 'language = "zh"', "zh"),
        ({"LANG": "en_GB.UTF-8"}, "", "en"),
        ({"LANG": "en_GB.UTF-8"}, 'zone = "Asia/Tokyo"', "en"),
        ({"LANG": "de_DE.UTF-8"}, "", "zh"),
        ({"LANG": "C.UTF-8"}, "", "zh"),
        ({"LC_MESSAGES": "en_US", "LANG": "zh_CN"}, "", "en"),
        ({"LC_ALL": "zh_CN", "LC_MESSAGES": "en_US", "LANG": "en_US"}, "", "zh"),
        ({"LC_ALL": "", "LANG": "en_US"}, "", "en"),
        ({"LANG": "en_US"}, "language = ", "en"),
        ({}, 'language = "fr"', "zh"),
    ],
)
def test_the_language_is_chosen_in_order(
    environ: Mapping[str, str], config: str, language: str
) -> None:
    """XIANKE_LANG, config.toml, an English locale, Chinese; a damaged file is no obstacle."""
    if config:
        _configure(config)

    assert settings.choose_language(environ) == language


# The clock


def test_the_frozen_clock_is_read_in_the_store_s_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """An instant with an offset keeps its moment and takes on the zone."""
    monkeypatch.setenv("XIANKE_NOW", "2026-11-22T20:30:00+00:00")

    found = settings.now()

    assert found.isoformat() == "2026-11-23T04:30:00+08:00"
    assert found.tzinfo == ZoneInfo("Asia/Shanghai")


def test_a_frozen_clock_without_an_offset_is_civil_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the time on the wall of the store's zone."""
    _configure('zone = "America/New_York"')
    monkeypatch.setenv("XIANKE_NOW", "2026-07-01T09:30")

    assert settings.now().isoformat() == "2026-07-01T09:30:00-04:00"


def test_a_frozen_clock_that_cannot_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script with a wrong clock must not write wrong days."""
    monkeypatch.setenv("XIANKE_NOW", "明天中午")

    with pytest.raises(NotUnderstood) as caught:
        settings.now()

    assert caught.value.message == "看不懂 XIANKE_NOW 的时刻「明天中午」"


def test_without_a_frozen_clock_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The present, with the offset of the store's zone."""
    monkeypatch.delenv("XIANKE_NOW")

    found = settings.now()

    assert abs(found - datetime.now(UTC)) < timedelta(minutes=1)
    assert found.utcoffset() == timedelta(hours=8)


def test_the_store_s_zone_is_shanghai_unless_set() -> None:
    """A gig's day and hour are counted there."""
    before = settings.zone()
    _configure('zone = "Asia/Urumqi"')

    assert (before.key, settings.zone().key) == ("Asia/Shanghai", "Asia/Urumqi")
