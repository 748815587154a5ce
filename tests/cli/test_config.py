"""`config`: what holds and where it comes from; changes touch one line and nothing else."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import settings

if TYPE_CHECKING:
    from tests.conftest import Run

COMMENTED = (
    "# 我的设置\r\n"
    'language = "zh"  # 别改\r\n'
    "\r\n"
    "colour_of_tomorrow = 3\r\n"
    "[later]\r\n"
    'zone = "nothing of ours"\r\n'
)


def _configure(text: str) -> Path:
    path = settings.config_path()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


def _row(run: Run, key: str) -> tuple[str, str, str | None, bool]:
    rows = {row["key"]: row for row in run("config", "--json").data["settings"]}
    row = rows[key]
    return row["value"], row["source"], row["stated"], row["valid"]


# Looking


def test_without_a_file_the_defaults_are_listed(run: Run) -> None:
    """Every row of the table, and every variable; nothing is written by looking."""
    data = run("config", "--json").data

    assert [row["key"] for row in data["settings"]] == [row.name for row in settings.TABLE]
    assert data["settings"][1] == {
        "key": "zone",
        "value": "Asia/Shanghai",
        "default": "Asia/Shanghai",
        "source": "default",
        "stated": None,
        "valid": True,
        "variable": None,
        "explanation": "记账所用的时区",
    }
    assert [one["name"] for one in data["variables"]] == [one.name for one in settings.VARIABLES]
    assert (data["path"], data["exists"]) == (str(settings.config_path()), False)
    assert not settings.home().exists()


def test_where_a_value_comes_from_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment comes before the file, the file before the default."""
    _configure('language = "en"\n')

    assert _row(run, "language") == ("zh", "environment", "en", True)

    monkeypatch.delenv("XIANKE_LANG")
    assert _row(run, "language") == ("en", "file", "en", True)

    _configure("")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert _row(run, "language") == ("en", "default", None, True)


def test_what_cannot_be_used_is_listed_not_refused(run: Run) -> None:
    """Here is where it can be put right; every other command refuses and names the way."""
    _configure('zone = "Mars/Olympus"\nlangage = "en"\n')

    assert _row(run, "zone") == ("Asia/Shanghai", "default", "Mars/Olympus", False)
    assert run("config", "--json").data["unknown"] == ["langage"]
    refused = run("gigs")
    assert (refused.code, "xianke config unset zone" in refused.err) == (2, True)
    assert run("config", "unset", "zone").code == 0
    assert run("gigs").code == 0


@pytest.mark.parametrize("file", ["", 'zone = "Mars"\nlangage = "en"\n'])
def test_the_list_fits_a_screen(screen: Callable[..., str], file: str) -> None:
    """80 columns, and every setting and variable is on it."""
    if file:
        _configure(file)

    out = screen("config")

    for name in (*(row.name for row in settings.TABLE), *(one.name for one in settings.VARIABLES)):
        assert name in out


def test_one_value_is_printed_alone(run: Run) -> None:
    """A script takes it as it is."""
    assert run("config", "get", "zone").out == "Asia/Shanghai\n"
    assert run("config", "get", "ZONE", "--json").data["value"] == "Asia/Shanghai"


# Changing


def test_a_change_touches_one_line(run: Run) -> None:
    """Comments, unknown names, tables of others and line ends stay."""
    path = _configure(COMMENTED)

    assert run("config", "set", "language", "en").code == 0
    assert path.read_bytes().decode() == COMMENTED.replace('"zh"', '"en"')
    assert run("config", "set", "zone", "Asia/Urumqi").code == 0
    assert path.read_bytes().decode() == COMMENTED.replace('"zh"', '"en"').replace(
        "[later]", 'zone = "Asia/Urumqi"\r\n[later]'
    )
    assert run("config", "unset", "zone").code == 0
    assert run("config", "set", "language", "zh").code == 0
    assert path.read_bytes().decode() == COMMENTED


def test_a_change_says_what_holds_and_the_way_back(run: Run) -> None:
    """The command it names undoes it, once per way."""
    first = run("config", "set", "zone", "Asia/Tokyo")
    second = run("config", "set", "zone", "Asia/Urumqi")

    assert first.out.splitlines()[0] == "改好了：zone 现在是 Asia/Tokyo"
    assert "→ 改回去：xianke config unset zone" in first.out
    assert "→ 改回去：xianke config set zone Asia/Tokyo" in second.out
    assert settings.zone().key == "Asia/Urumqi"


def test_the_environment_may_stand_before_a_change(run: Run) -> None:
    """Else the user would wonder why nothing happens."""
    done = run("config", "set", "language", "en")

    assert "写进设置文件了：language = en" in done.out
    assert "XIANKE_LANG" in done.out
    assert settings.read()["language"] == "en"


def test_the_new_language_is_spoken_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for English reads English from here on."""
    monkeypatch.delenv("XIANKE_LANG")

    assert run("config", "set", "language", "english").out.startswith("Done: language is now en")


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("language", "英文", "en"),
        ("language", " EN ", "en"),
        ("zone", "asia/shanghai", "Asia/Shanghai"),
        ("zone", "北京", "Asia/Shanghai"),
        ("zone", "乌鲁木齐", "Asia/Urumqi"),
        ("zone", "tokyo", "Asia/Tokyo"),
        ("Zone", "ＵＴＣ", "UTC"),
    ],
)
def test_values_are_taken_as_people_write_them(run: Run, key: str, typed: str, value: str) -> None:
    """Case, width and the name of a city are no obstacle; what is kept is the exact value."""
    assert run("config", "set", key, typed).code == 0
    assert settings.read()[key.lower()] == value


@pytest.mark.parametrize(
    ("code", "word", "arguments", "said"),
    [
        (3, "not_found", ("set", "langage", "en"), "没有「langage」这个设置|language"),
        (3, "not_found", ("get", "颜色"), "没有「颜色」这个设置|language、zone"),
        (3, "not_found", ("unset", "zon"), "没有「zon」这个设置|zone"),
        (2, "not_understood", ("set", "language", "fr"), "language 不能是「fr」|zh 或 en"),
        (2, "not_understood", ("set", "language", ""), "language 不能是「」|zh 或 en"),
        (2, "not_understood", ("set", "zone", "Shangai"), "zone 不能是「Shangai」|Asia/Shanghai"),
        (2, "not_understood", ("set", "zone", "火星"), "zone 不能是「火星」|记账所用的时区"),
        (2, "not_understood", ("set", "zone", "../x"), "zone 不能是「../x」|记账所用的时区"),
        (2, "not_understood", ("set", "zone"), "|"),
    ],
)
def test_what_is_not_understood_changes_nothing(
    refused: Callable[..., str], code: int, word: str, arguments: tuple[str, ...], said: str
) -> None:
    """The sentence quotes the user, the hint names what may have been meant."""
    out = refused(code, word, "config", *arguments)

    assert all(part in out for part in said.split("|"))


@pytest.mark.parametrize("arguments", [(), ("set", "zone", "Asia/Tokyo"), ("unset", "zone")])
def test_a_damaged_file_is_left_alone(
    refused: Callable[..., str], arguments: tuple[str, ...]
) -> None:
    """What is in it may still be of use to its owner."""
    path = _configure("zone = ")

    assert str(path) in refused(5, "unreadable", "config", *arguments)


@pytest.mark.parametrize(
    "text",
    ['note = """\nzone = "x"\n"""\nzone = "Asia/Tokyo"\n', 'zone = """\nAsia/Tokyo"""\n'],
)
def test_a_file_written_in_a_special_way_is_left_alone(
    refused: Callable[..., str], text: str
) -> None:
    """Better no change than another one than was asked for."""
    _configure(text)

    assert "用文本编辑器改" in refused(5, "unreadable", "config", "set", "zone", "UTC")


def test_setting_what_is_set_writes_nothing(run: Run) -> None:
    """The file keeps its time, and the answer says so."""
    path = _configure('zone = "Asia/Tokyo"\n')
    before = path.stat().st_mtime_ns, path.stat().st_ino

    done = run("config", "set", "zone", "Asia/Tokyo", "--json")

    assert (done.data["changed"], done.data["value"]) == (False, "Asia/Tokyo")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert run("config", "unset", "language").out.startswith("没有变")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_the_file_is_for_its_owner_alone(run: Run) -> None:
    """Made new or written anew, and nothing is left beside it."""
    before = os.umask(0)
    try:
        run("config", "set", "zone", "Asia/Tokyo")
        path = settings.config_path()
        path.chmod(0o666)
        run("config", "set", "zone", "Asia/Urumqi")
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.home().stat().st_mode) == 0o700
    assert [one.name for one in settings.home().iterdir()] == ["config.toml"]


def test_one_s_own_link_is_followed(run: Run, tmp_path: Path) -> None:
    """Settings may lie among other files of the user's."""
    kept = tmp_path / "kept.toml"
    kept.write_text("# mine\n")
    settings.home().mkdir()
    settings.config_path().symlink_to(kept)

    run("config", "set", "zone", "Asia/Tokyo")

    assert settings.config_path().is_symlink()
    assert kept.read_text() == '# mine\nzone = "Asia/Tokyo"\n'


def test_a_mark_at_the_beginning_does_no_harm(run: Run) -> None:
    """Windows editors write one."""
    path = settings.config_path()
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbf" + b'zone = "Asia/Tokyo"')

    assert run("config", "set", "language", "en").code == 0
    assert settings.read() == {"language": "en", "zone": "Asia/Tokyo"}
