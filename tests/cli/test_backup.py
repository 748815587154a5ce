"""`xianke backup` and `xianke restore`: everything in one file, and the way back."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xianke import i18n, settings

if TYPE_CHECKING:
    from tests.conftest import Run

Stored = Callable[[], dict[str, list[tuple[object, ...]]]]
Refused = Callable[..., str]
Screen = Callable[..., str]

OWN = "xianke-20261122-100000-backup.db"
ASIDE = "xianke-20261122-100000-restore.db"

NOTHING = {
    "rows": 0,
    "gigs": 0,
    "payouts": 0,
    "stock": 0,
    "first_day": None,
    "last_day": None,
    "changed_at": None,
}


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def life(run: Run) -> None:
    """Write down a little of everything."""
    run("inventory", "add", "skill", "PPT")
    run("inventory", "add", "slot", "周末 9:00-12:00")
    run("log", "闲鱼", "85", "--minutes", "40", "--at", "11-18 9:00")
    run("log", "王阿姨", "50", "--new", "--status", "delivered", "--at", "11-20")


@pytest.fixture
def backup(run: Run, life: None) -> Path:
    """Return a backup; the store has one gig more since."""
    assert run("backup", "-o", "old.db").code == 0
    assert run("log", "闲鱼", "30").code == 0
    return Path("old.db")


def _summary(**changes: object) -> dict[str, object]:
    return {
        "rows": 18,
        "gigs": 2,
        "payouts": 1,
        "stock": 2,
        "first_day": "2026-11-18",
        "last_day": "2026-11-20",
        "changed_at": "2026-11-22T10:00:00+08:00",
        **changes,
    }


# backup


def test_a_backup_is_one_file_beside_the_store(run: Run, life: None) -> None:
    """Dated, complete, and told in the document."""
    found = run("backup", "--json").data

    path = settings.home() / "backups" / OWN
    assert found == {"path": str(path), "bytes": path.stat().st_size, "rows": 18}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT SUM(gross_fen) FROM gig").fetchone() == (13500,)
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_screen_says_where_and_how_to_come_back(screen: Screen, life: None) -> None:
    """The command can be typed as it stands."""
    lines = screen("backup", "-o", "我的 备份.db").splitlines()

    size = -(-Path("我的 备份.db").stat().st_size // 1000)
    assert lines == [
        "备份好了：我的 备份.db",
        f"  2 单，1 笔到账，盘点 2 项，{size} KB。没有加密，只有你自己的账户能读。",
        "→ 恢复：xianke restore '我的 备份.db'",
    ]


def test_a_folder_gets_a_dated_file(run: Run, life: None) -> None:
    """A second backup of the same moment gets another name."""
    Path("usb").mkdir()

    found = [run("backup", "-o", "usb", "--json").data["path"] for _time in range(2)]

    assert found == [str(Path("usb", name)) for name in (OWN, OWN.replace("backup", "backup-2"))]


def test_a_file_is_written_over_as_a_whole(run: Run, life: None) -> None:
    """Only once the new one is complete; a link leads to what is written."""
    Path("real.db").write_bytes(b"before")
    Path("link.db").symlink_to("real.db")

    run("backup", "-o", "link.db")

    assert Path("link.db").is_symlink()
    assert Path("real.db").read_bytes().startswith(b"SQLite format 3")
    assert sorted(path.name for path in Path().iterdir()) == ["home", "link.db", "real.db"]


def test_backups_of_the_user_are_never_removed(run: Run, life: None) -> None:
    """However many there are, and whatever else is copied."""
    for _time in range(9):
        run("backup")

    assert len(run("restore", "--json").data["copies"]) == 9


def test_there_must_be_something_to_back_up(run: Run, refused: Refused) -> None:
    """An empty file would look like a backup one day."""
    assert run("backup").code == 1
    assert not settings.home().exists()

    refused(1, "refused", "backup")


@pytest.mark.parametrize("name", ["xianke.db", "xianke.db-wal", "./xianke.db"])
def test_a_backup_does_not_fall_on_the_store(
    refused: Refused, life: None, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whatever name."""
    monkeypatch.chdir(settings.home())

    assert "不能盖掉" in refused(1, "refused", "backup", "-o", name)


def test_a_backup_does_not_fall_on_the_store_through_a_link(
    run: Run, refused: Refused, life: None
) -> None:
    """It would put a copy in the place of what is in use."""
    Path("link.db").symlink_to(settings.database_path())

    assert "不能盖掉" in refused(1, "refused", "backup", "-o", "link.db")


@pytest.mark.parametrize("place", ["none/x.db", "file/x.db", "loop", "x" * 300])
def test_a_place_that_cannot_be_written_is_named(refused: Refused, life: None, place: str) -> None:
    """With the reason."""
    Path("file").touch()
    Path("loop").symlink_to("loop")

    assert "写不了" in refused(5, "unreadable", "backup", "-o", place)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_is_left_alone(refused: Refused, life: None) -> None:
    """A pipe or a device must not be replaced."""
    os.mkfifo("pipe")

    assert "不是普通文件" in refused(5, "unreadable", "backup", "-o", "pipe")


def test_a_damaged_store_makes_no_backup(run: Run) -> None:
    """One sentence, the way out, and no file."""
    settings.home().mkdir()
    settings.database_path().write_bytes(b"not a database, and quite long " * 200)

    result = run("backup", "-o", "new.db")

    assert (result.code, result.out) == (5, "")
    assert "xianke restore" in result.err.splitlines()[1]
    assert not Path("new.db").exists()


# restore


def test_without_a_terminal_it_only_shows(run: Run, backup: Path, stored: Stored) -> None:
    """Exit 0 and partial, as an import does; nothing has changed."""
    before = stored()

    result = run("restore", "old.db", "--json")

    assert result.code == 0
    assert result.document["status"] == "partial"
    found = result.document["data"]
    assert {**found, "made_at": None} == {
        "restored": False,
        "path": "old.db",
        "kind": "sqlite",
        "made_at": None,
        "file": _summary(),
        "present": _summary(rows=25, gigs=3, payouts=2, last_day="2026-11-22"),
        "copy": None,
        "back": None,
        "doubts": [],
    }
    assert stored() == before
    assert [path.name for path in settings.home().iterdir()] == ["xianke.db"]


def test_with_yes_it_is_done(run: Run, backup: Path, stored: Stored) -> None:
    """The document says what is there now, and which command leads back."""
    before = stored()

    found = run("restore", "old.db", "--yes", "--json").data

    assert {name: found[name] for name in ("restored", "copy", "back", "file")} == {
        "restored": True,
        "copy": str(settings.home() / "backups" / ASIDE),
        "back": f"xianke restore {ASIDE} --yes",
        "file": _summary(),
    }
    assert len(stored()["gig"]) == 2
    assert run(*found["back"].split()[1:]).code == 0
    assert stored() == before


def test_the_screen_compares_and_names_the_next_step(screen: Screen, backup: Path) -> None:
    """What is there now and what is in the file, side by side."""
    os.utime("old.db", (1763600000, 1763600000))

    assert [line.rstrip() for line in screen("restore", "old.db").splitlines()] == [
        "           现在               备份里",
        "──────────────────────────────────────────────",
        "记的单     3                  2",
        "到账笔数   2                  1",
        "盘点       2                  2",
        "从         2026-11-18         2026-11-18",
        "到         2026-11-22         2026-11-20",
        "最后改动   2026-11-22 10:00   2026-11-22 10:00",
        "备份于                        2025-11-20 08:53",
        "没有恢复，什么也没有改。",
        "→ 真要换：xianke restore old.db --yes",
    ]


def test_changes_since_the_backup_are_pointed_out(
    run: Run, screen: Screen, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever restores loses them, unless they go back."""
    monkeypatch.setenv("XIANKE_NOW", "2026-11-22T12:00:00+08:00")
    run("log", "闲鱼", "5")

    assert "备份之后还改过" in screen("restore", "old.db")


def test_afterwards_the_screen_says_where_the_rest_is(screen: Screen, backup: Path) -> None:
    """And that undo is not the way."""
    last = screen("restore", "old.db", "--yes").splitlines()[9:]

    assert last[0] == "恢复好了：2 单，1 笔到账，盘点 2 项"
    assert "原来的数据另存在" in last[1]
    assert last[-2:] == [
        "  恢复不能用 xianke undo 撤销，要用这份换回去。",
        f"→ 换回去：xianke restore {ASIDE} --yes",
    ]


def test_an_export_is_restored_as_well(run: Run, backup: Path, stored: Stored) -> None:
    """Both kinds of file hold everything, also what undo needs."""
    run("export", "--format", "json", "-o", "all.jsonl")
    before = stored()
    run("restore", "old.db", "--yes")

    found = run("restore", "all.jsonl", "--yes", "--json").data

    assert (found["kind"], found["made_at"]) == ("lines", "2026-11-22T10:00:00+08:00")
    assert stored() == before
    assert run("undo").out.splitlines()[0] == "撤销了：记单 闲鱼 30.00"


def test_on_a_new_machine_there_is_nothing_to_keep(
    run: Run, backup: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And so there is no way back to name."""
    monkeypatch.setenv("XIANKE_HOME", str(tmp_path / "new"))

    found = run("restore", "old.db", "--yes", "--json").data

    assert {name: found[name] for name in ("present", "copy", "back", "restored")} == {
        "present": NOTHING,
        "copy": None,
        "back": None,
        "restored": True,
    }
    assert "原来没有数据" not in run("restore", "old.db", "--yes").out


def test_a_damaged_store_is_replaced_and_kept(run: Run, backup: Path) -> None:
    """The program says so, and works again."""
    settings.database_path().write_bytes(b"not a database, and quite long " * 200)
    assert run("gigs").code == 5

    result = run("restore", "old.db", "--yes")
    again = run("gigs", "--json")

    assert (result.code, result.err) == (0, "")
    assert "现在的数据文件坏了" in result.out
    assert "xianke-20261122-100000-damaged.db" in result.out
    assert len(again.data["gigs"]) == 2


def test_a_damaged_store_is_null_in_the_document(run: Run, backup: Path) -> None:
    """And does not lead back."""
    settings.database_path().write_bytes(b"not a database, and quite long " * 200)

    found = run("restore", "old.db", "--yes", "--json").data

    assert (found["present"], found["back"]) == (None, None)
    assert found["copy"].endswith("damaged.db")


def test_money_that_does_not_add_up_is_pointed_out(run: Run, backup: Path) -> None:
    """By the numbers under which it is shown elsewhere."""
    with closing(sqlite3.connect("old.db", isolation_level=None)) as connection:
        connection.execute("UPDATE settlement SET amount_fen = 8501")

    assert run("restore", "old.db", "--json").document["data"]["doubts"] == [
        {"code": "payout_oversettled", "ids": ["p1"]},
        {"code": "gig_oversettled", "ids": ["g1"]},
    ]
    assert "留心：这些单结清的比该收的多：g1" in run("restore", "old.db").out


def test_without_a_file_the_copies_are_listed(run: Run, backup: Path) -> None:
    """The newest last; each can be named without its folder."""
    run("backup")
    run("restore", OWN, "--yes")

    found = run("restore", "--json").data["copies"]

    folder = settings.home() / "backups"
    assert found == [
        {
            "path": str(folder / name),
            "made_at": "2026-11-22T10:00:00+08:00",
            "reason": reason,
            "bytes": (folder / name).stat().st_size,
        }
        for name, reason in ((OWN, "backup"), (ASIDE, "restore"))
    ]


def test_the_list_on_the_screen(run: Run, screen: Screen, backup: Path) -> None:
    """When, why and how large; and what to type."""
    assert screen("restore").splitlines() == ["还没有备份。", "→ 备份全部数据：xianke backup"]
    run("backup")

    lines = screen("restore").splitlines()

    size = -(-(settings.home() / "backups" / OWN).stat().st_size // 1000)
    assert lines[2].split() == ["2026-11-22", "10:00", "自己备份的", f"{size}", "KB", OWN]
    assert lines[-1] == f"→ 先看看再换：xianke restore {OWN}"


def _spoilt(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b""), "是空的"),
        (lambda path: path.write_bytes(b"PK\x03\x04"), "不是 xianke 的备份"),
        (lambda path: path.write_bytes(b"x" * 3_000_000), "不是 xianke 的备份"),
        (lambda path: path.write_bytes(b'{"xianke": "store", "schema": 2}\n'), "第 1 行读不懂"),
        (_spoilt, "损坏了"),
        (_newer, "更新版本"),
        (Path.unlink, "没有「old.db」这个文件"),
        (lambda path: (path.unlink(), path.mkdir()), "是文件夹"),
    ],
)
@pytest.mark.parametrize("yes", [[], ["--yes"]])
def test_what_is_no_backup_is_refused(
    refused: Refused,
    backup: Path,
    spoil: Callable[[Path], object],
    said: str,
    yes: list[str],
) -> None:
    """Exit 5, one sentence, and nothing has changed."""
    spoil(backup)

    assert said in refused(5, "unreadable", "restore", "old.db", *yes)


def test_a_bent_name_does_no_harm(refused: Refused, backup: Path) -> None:
    """Neither on the terminal nor in the document."""
    name = "old\x1b[31m\n.db"
    backup.rename(name)
    _spoilt(Path(name))

    assert "\x1b" not in refused(5, "unreadable", "restore", name)


def test_yes_needs_a_file(refused: Refused, life: None) -> None:
    """Which one is not for the program to choose."""
    refused(2, "not_understood", "restore", "--yes")


@pytest.mark.parametrize("arguments", [["backup"], ["restore"], ["restore", "old.db", "--yes"]])
def test_the_screens_in_english(
    run: Run, screen: Screen, backup: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No Chinese is left, and dates and numbers are the same."""
    run("backup", "-o", "1.db")
    monkeypatch.setenv("XIANKE_LANG", "en")
    monkeypatch.setenv("XIANKE_HOME", "home")

    text = screen(*arguments)

    assert not [char for char in text if "\u4e00" <= char <= "\u9fff"]


if sys.platform != "win32":
    import pexpect

    @pytest.fixture
    def terminal(backup: Path) -> Iterator[Any]:  # Any: the library has no types
        """Open a terminal on which the restore asks."""
        environment = {name: text for name, text in os.environ.items() if name != "XIANKE_DEBUG"}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "xianke", "restore", "old.db"],
            env={**environment, "PYTHONIOENCODING": "utf-8"},
            encoding="utf-8",
            dimensions=(50, 80),
            timeout=30,
        )
        yield child
        child.close(force=True)

    @pytest.mark.parametrize(("answer", "gigs"), [("y", 2), ("是", 2), ("n", 3), ("", 3)])
    def test_on_a_terminal_it_asks(terminal: Any, stored: Stored, answer: str, gigs: int) -> None:
        """After it has shown what is in the file; anything but yes changes nothing."""
        terminal.expect_exact("[y/N] ")
        assert "备份里" in terminal.before
        terminal.sendline(answer)
        terminal.expect(pexpect.EOF)
        terminal.close()

        assert terminal.exitstatus == 0
        assert ("恢复好了" in terminal.before) == (gigs == 2)
        assert len(stored()["gig"]) == gigs

    def test_whoever_interrupts_changes_nothing(terminal: Any, stored: Stored) -> None:
        """Exit 130, and no half store lies about."""
        terminal.expect_exact("[y/N] ")
        terminal.sendintr()
        terminal.expect(pexpect.EOF)
        terminal.close()

        assert terminal.exitstatus == 130
        assert len(stored()["gig"]) == 3
        assert [path.name for path in settings.home().iterdir()] == ["xianke.db"]


def test_the_language_of_a_backup_does_not_matter(run: Run, backup: Path) -> None:
    """What was written under one is restored under the other."""
    i18n.set_language("en")

    assert run("restore", "old.db", "--yes", "--json").data["restored"]
    assert json.loads(run("gigs", "--json").out)["data"]["gigs"][0]["gross_fen"] == 8500
