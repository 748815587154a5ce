"""`xianke platforms update`: what is shown, what is refused, what is kept, and the way back."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xianke import settings, shelf, updates
from xianke.commands import shell

if TYPE_CHECKING:
    from tests.conftest import Run

Document = dict[str, Any]  # Any: a catalogue is whatever JSON can hold
Refused = Callable[..., str]
Write = Callable[..., str]

DAYS = [
    str(date.fromisoformat(shelf.shipped_day()) + timedelta(days=number)) for number in range(5)
]
TODAY = DAYS[3]

MANGO: Document = {
    "id": "mango",
    "name": {"zh": "芒果跑腿", "en": "Mango Errands"},
    "kind": "platform",
    "category": "delivery_errand",
    "what": {"zh": "替人跑腿", "en": "Run errands"},
    "conditions": {},
    "status": {"value": "active", "date": DAYS[1], "sources": [0]},
    "confidence": "low",
    "sources": [{"title": "某报：芒果跑腿开张", "date": DAYS[1]}],
}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIANKE_NOW", f"{TODAY}T10:00:00+08:00")


def _shipped() -> Document:
    found: Document = json.loads(shelf.SHIPPED.read_bytes())
    return found


def _named(catalogue: Document, identity: str) -> Document:
    found: Document = next(one for one in catalogue["platforms"] if one["id"] == identity)
    return found


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a catalogue as of a day, or any text, and return the name of the file."""

    def call(content: Document | str, day: str = DAYS[1]) -> str:
        path = tmp_path / "newer.yaml"
        if not isinstance(content, str):
            content = json.dumps({**content, "as_of": day}, ensure_ascii=False)
        path.write_text(content, encoding="utf-8")
        return str(path)

    return call


def _changed() -> Document:
    """Return the shipped catalogue with one platform more and Xianyu seen anew."""
    found = _shipped()
    found["platforms"].append(MANGO)
    xianyu = _named(found, "xianyu")
    xianyu["sources"] = [{"title": "某报：闲鱼改规则", "date": DAYS[1]}]
    xianyu["status"] = {"value": "restricted", "date": DAYS[1], "sources": [0]}
    pay = {
        "unit": "yuan_per_item", "low": 20, "high": 50, "measure": "gross", "grade": "press",
        "by": "某报", "date": DAYS[1], "sources": [0],
    }  # fmt: skip
    xianyu["pay"] = [pay]
    for name in ("settlement", "min_withdrawal", "fee", "upfront", "escrow", "public_ratings"):
        xianyu.pop(name, None)
    xianyu.pop("id_verification", None)
    xianyu["upfront"] = {"value": "possible", "yuan": 30, "sources": [0]}
    return found


# What is shown


def test_a_preview_says_what_changes_and_changes_nothing(
    run: Run,
    write: Write,
    screen: Callable[..., str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a terminal and without --yes: in words, at 80 columns, exit 0."""
    monkeypatch.chdir(tmp_path)
    path = Path(write(_changed())).name

    shown = screen("platforms", "update", "--from", path)

    assert f"截至 {DAYS[0]} → 截至 {DAYS[1]}" in shown
    assert "多了 1 个平台\n  - 芒果跑腿（配送跑腿）\n" in shown
    assert f"闲鱼 现状：在运营 → 在收缩（{DAYS[1]}，某报：闲鱼改规则）" in shown
    assert "可能要先付（30 元）" in shown
    assert "每件 20–50 元（某报" in shown
    again = f"xianke platforms update --from {path} --yes"
    assert shown.endswith(f"只是看看，没有换。\n→ 要换：{again}\n")
    assert not shelf.current_path().exists()
    assert run("platforms", "update", "--from", path, "--json").document["status"] == "partial"


@pytest.mark.parametrize(
    ("field", "change", "shown"),
    [
        ("fee", {"low_percent": 1, "high_percent": 3}, "闲鱼 平台抽成：0.6% → 1–3%"),
        ("fee", {"low_percent": 1, "high_percent": 1}, "闲鱼 平台抽成：0.6% → 1%"),
        ("status", {"basis": "community_list_only"}, "闲鱼 现状：媒体或官方 → 只有一份社区清单"),
    ],
)
def test_what_changes_behind_the_same_words_is_shown(
    run: Run, write: Write, field: str, change: Document, shown: str
) -> None:
    """A fee in percent or the ground of a status may change while the words stay as they are."""
    _named(before := _shipped(), "xianyu")["status"]["basis"] = "press_or_official"
    after = _shipped()
    _named(after, "xianyu")["status"]["basis"] = "press_or_official"
    _named(after, "xianyu")[field].update(change)
    run("platforms", "update", "--from", write(before, DAYS[1]), "--yes")

    assert shown in run("platforms", "update", "--from", write(after, TODAY)).out


def test_the_document_holds_every_change(run: Run, write: Write) -> None:
    """Old and new value with source and date; what was only confirmed stands apart."""
    newer = _changed()
    other = next(one for one in newer["platforms"] if one["status"].get("date"))
    other["status"]["date"] = DAYS[1]

    data = run("platforms", "update", "--from", write(newer), "--json", "--yes").data
    changes = data["changes"]
    status = next(one for one in changes["facts"] if one["field"] == "status")

    assert (data["applied"], data["new"]) == (True, True)
    assert data["as_of"] == {"before": DAYS[0], "after": DAYS[1]}
    assert data["in_force"] == {"origin": "updated", "as_of": DAYS[1]}
    assert changes["added"] == [{"id": "mango", "name": "芒果跑腿", "category": "delivery_errand"}]
    assert (status["id"], status["before"]["value"], status["after"]) == (
        "xianyu",
        "active",
        {"value": "restricted", "text": "在收缩", "date": DAYS[1], "note": None},
    )
    assert (status["sources"], status["cited"]) == (["某报：闲鱼改规则"], True)
    assert [(one["id"], one["field"]) for one in changes["confirmed"]] == [(other["id"], "status")]
    (pay,) = changes["pay"]
    assert [one["text"] for one in pay["come"]] == ["每件 20–50 元"]
    assert (changes["removed"], changes["categories"], changes["factors"]) == ([], [], [])


def test_a_long_list_is_cut_on_the_screen_and_whole_as_data(run: Run, write: Write) -> None:
    """The rest is counted."""
    newer = _shipped()
    for number in range(20):
        word = chr(ord("a") + number) * 5
        newer["platforms"].append(
            {**MANGO, "id": word, "name": {"zh": f"果{word}", "en": f"Fruit {word}"}}
        )
    path = write(newer)

    shown = run("platforms", "update", "--from", path).out
    data = run("platforms", "update", "--from", path, "--json").document["data"]

    assert shown.count("  - 果") == 12
    assert "还有 8 处，全部：--json" in shown
    assert len(data["changes"]["added"]) == 20


def test_the_same_again_is_nothing_new(run: Run, write: Write) -> None:
    """As YAML source or compiled; exit 0, and nothing is written."""
    source = Path(__file__).parents[2] / "data" / "platforms.yaml"

    for path in (str(source), str(shelf.SHIPPED)):
        result = run("platforms", "update", "--from", path, "--yes")
        assert (result.code, result.out) == (
            0,
            f"没有新的：和现在用的目录一样，截至 {DAYS[0]}\n→ 看目录：xianke platforms\n",
        )
    data = run("platforms", "update", "--from", str(shelf.SHIPPED), "--yes", "--json").data

    assert (data["new"], data["applied"], data["changes"]) == (False, False, None)
    assert not shelf.current_path().exists()


def test_a_new_day_alone_is_said_to_be_all(run: Run, write: Write) -> None:
    """No empty list of differences."""
    assert "内容没有变，只换了日期。" in run("platforms", "update", "--from", write(_shipped())).out


# In force


def test_an_update_is_what_every_command_reads(run: Run, write: Write) -> None:
    """And one's own findings still lie over it."""
    run("platforms", "edit", "闲鱼", "status", "closed")

    done = run("platforms", "update", "--from", write(_changed()), "--yes")

    assert f"换好了：现在用的目录截至 {DAYS[1]}" in done.out
    assert "xianke undo 管不到它" in done.out
    assert run("platforms", "show", "芒果跑腿").code == 0
    assert run("log", "mangguopaotui", "20", "--minutes", "30").code == 0
    (xianyu,) = run("platforms", "show", "xianyu", "--json").data["platforms"]
    assert (xianyu["status"], xianyu["facts"]["status"]["own"]) == ("closed", True)
    assert xianyu["facts"]["upfront"]["amount_fen"] == 3000


@pytest.mark.parametrize("name", ["mango", "芒果跑腿"])
def test_a_name_of_ones_own_goes_on_meaning_ones_own(run: Run, write: Write, name: str) -> None:
    """Also where the newer catalogue lists something of the same id or name."""
    own = run("platforms", "add", name, "--json").data["platforms"][0]["id"]

    run("platforms", "update", "--from", write(_changed()), "--yes")

    assert run("log", name, "20", "--minutes", "30", "--json").data["platform"] == own


def test_undo_leaves_the_catalogue_alone(run: Run, write: Write) -> None:
    """It takes back the last change of the store."""
    run("log", "闲鱼", "85")
    run("platforms", "update", "--from", write(_changed()), "--yes")

    run("undo")

    assert run("platforms", "--json").data["as_of"] == DAYS[1]
    assert run("gigs", "--json").data["gigs"] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_what_is_kept_is_for_the_user_alone(run: Run, write: Write) -> None:
    """0600 in 0700, and nothing else is left in the folder."""
    run("platforms", "update", "--from", write(_changed()), "--yes")
    path = shelf.current_path()

    assert [one.name for one in path.parent.iterdir()] == ["platforms.json"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_shipped_catalogue_that_is_newer_wins(
    run: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer program brings its own; what was fetched before is passed over without a word."""
    run("platforms", "update", "--from", write(_changed()), "--yes")
    newer = tmp_path / "shipped.json"
    newer.write_bytes(shelf.SHIPPED.read_bytes().replace(DAYS[0].encode(), DAYS[1].encode(), 1))
    monkeypatch.setattr(shelf, "SHIPPED", newer)
    shelf._shipped.cache_clear()
    shelf._kept.cache_clear()

    result = run("platforms", "--json")
    shelf._shipped.cache_clear()

    assert (result.data["as_of"], result.err) == (DAYS[1], "")
    assert "mango" not in {one["id"] for one in result.data["platforms"]}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-200],
        lambda content: b"",
        lambda content: b"[1, 2]",
        lambda content: content.replace(DAYS[1].encode(), DAYS[2].encode(), 1),
        lambda content: content.replace(b'"restricted"', b'"active"    ', 1),
        lambda content: b"\0" * len(content),
    ],
    ids=["cut off", "empty", "another thing", "another day", "one word by hand", "zeros"],
)
def test_a_damaged_one_is_set_aside_with_one_sentence(
    run: Run, write: Write, spoil: Callable[[bytes], bytes]
) -> None:
    """The shipped one is read; the sentence is on stderr, so that JSON stays JSON."""
    run("platforms", "update", "--from", write(_changed()), "--yes")
    path = shelf.current_path()
    path.write_bytes(spoil(path.read_bytes()))

    plain, result = run("suggest"), run("platforms", "--json")

    assert plain.code == 0
    for one in (plain, result):
        assert one.err.count("\n") == 1
        assert one.err.startswith("提醒：更新来的平台目录坏了")
    assert result.data["as_of"] == DAYS[0]


def test_one_that_another_version_kept_is_passed_over(run: Run, write: Write) -> None:
    """It may hold what this one does not understand; it is not damaged either."""
    run("platforms", "update", "--from", write(_changed()), "--yes")
    path = shelf.current_path()
    path.write_bytes(path.read_bytes().replace(b'{"format":1', b'{"format":2'))

    result = run("platforms", "--json")

    assert (result.data["as_of"], result.err) == (DAYS[0], "")


def test_a_folder_in_its_place_is_damage_too(run: Run) -> None:
    """Nothing that cannot be read stops a command."""
    shelf.current_path().mkdir(parents=True)

    result = run("platforms", "--json")

    assert (result.data["as_of"], result.err.count("坏了")) == (DAYS[0], 1)


def test_a_new_update_heals_a_damaged_one(run: Run, write: Write) -> None:
    """The damaged one is no step to go back to."""
    path = write(_changed())
    run("platforms", "update", "--from", path, "--yes")
    shelf.current_path().write_bytes(b"{}")

    assert run("platforms", "update", "--from", path, "--yes").err == ""

    result = run("platforms", "--json")
    assert (result.data["as_of"], result.err) == (DAYS[1], "")
    assert not shelf.previous_path().exists()


# The way back


def test_rollback_goes_back_step_by_step_to_the_shipped_one(run: Run, write: Write) -> None:
    """Each time it says which is in force; at the end there is nothing to go back to."""
    run("platforms", "update", "--from", write(_changed(), DAYS[1]), "--yes")
    run("platforms", "update", "--from", write(_shipped(), DAYS[2]), "--yes")

    first = run("platforms", "update", "--rollback")
    between = run("platforms", "--json").data["as_of"]
    second = run("platforms", "update", "--rollback", "--json").data
    third = run("platforms", "update", "--rollback")

    assert first.out == (
        f"退回来了：现在用上一份目录，截至 {DAYS[1]}（刚才的截至 {DAYS[2]}）\n"
        "→ 看目录：xianke platforms\n"
    )
    assert between == DAYS[1]
    assert second == {
        "as_of": {"before": DAYS[1], "after": DAYS[0]},
        "in_force": {"origin": "shipped", "as_of": DAYS[0]},
        "lost": [],
    }
    assert (third.code, "没有可退的" in third.err) == (1, True)
    assert run("platforms", "--json").data["as_of"] == DAYS[0]


def test_rollback_names_what_is_in_use_and_loses_its_entry(run: Run, write: Write) -> None:
    """The records stay and every command goes on."""
    run("platforms", "update", "--from", write(_changed()), "--yes")
    run("log", "芒果跑腿", "20", "--minutes", "30")

    back = run("platforms", "update", "--rollback")

    assert "这份目录里没有你用着的：芒果跑腿。" in back.out
    for command in (("gigs",), ("report",), ("suggest",), ("rates",), ("now",), ("usage",), ()):
        assert run(*command).code == 0


def test_rollback_leaves_a_damaged_one_behind(run: Run, write: Write) -> None:
    """To the one before it."""
    run("platforms", "update", "--from", write(_changed(), DAYS[1]), "--yes")
    run("platforms", "update", "--from", write(_shipped(), DAYS[2]), "--yes")
    shelf.current_path().write_bytes(b"{}")

    result = run("platforms", "update", "--rollback")

    assert (result.code, result.err) == (0, "")
    assert run("platforms", "--json").data["as_of"] == DAYS[1]


def test_a_previous_one_that_is_damaged_is_passed_over(run: Run, write: Write) -> None:
    """The shipped one is always there."""
    run("platforms", "update", "--from", write(_changed(), DAYS[1]), "--yes")
    run("platforms", "update", "--from", write(_shipped(), DAYS[2]), "--yes")
    shelf.previous_path().write_bytes(b"{}")

    assert run("platforms", "update", "--rollback", "--json").data["as_of"]["after"] == DAYS[0]


# Asked on a terminal


@pytest.mark.parametrize(("answer", "day"), [("y\n", DAYS[1]), ("\n", DAYS[0]), ("", DAYS[0])])
def test_on_a_terminal_it_asks(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch, answer: str, day: str
) -> None:
    """After the differences were shown; only a yes is a yes."""
    monkeypatch.setattr("xianke.render.console.is_interactive", lambda: True)
    asked: list[str] = []

    def agreed(question: str) -> bool:
        asked.append(question)
        return answer.strip() == "y"

    monkeypatch.setattr("xianke.commands.platforms.agreed", agreed)
    assert shell.agreed is not agreed

    result = run("platforms", "update", "--from", write(_changed()))

    assert (result.code, asked) == (0, ["换成这份吗？[y/N] "])
    assert result.out.count("多了 1 个平台") == 1
    assert run("platforms", "--json").data["as_of"] == day


# Refused


@pytest.mark.parametrize(
    ("content", "day", "part"),
    [
        (_shipped, "2020-01-01", "比现在的"),
        (_changed, DAYS[0], "分不出哪份新"),
        (_changed, "9999-12-31", "那天还没有到"),
    ],
    ids=["older", "same day", "a day to come"],
)
def test_a_day_that_is_not_newer_is_refused(
    refused: Refused, write: Write, content: Callable[[], Document], day: str, part: str
) -> None:
    """A date in the far future would shut out every update after it."""
    said = refused(1, "refused", "platforms", "update", "--from", write(content(), day), "--yes")

    assert part in said


def test_tomorrow_is_no_day_to_come(run: Run, write: Write) -> None:
    """East of here it has begun."""
    assert run("platforms", "update", "--from", write(_changed(), DAYS[4]), "--yes").code == 0


def test_a_category_that_vanished_is_refused(refused: Refused, write: Write) -> None:
    """Ids of categories are permanent, used or not."""
    newer = _shipped()
    gone = newer["categories"].pop()
    newer["platforms"] = [one for one in newer["platforms"] if one["category"] != gone["id"]]

    assert gone["name"]["zh"] in refused(
        1, "refused", "platforms", "update", "--from", write(newer), "--yes"
    )


def _without(identity: str) -> Document:
    newer = _shipped()
    newer["platforms"] = [one for one in newer["platforms"] if one["id"] != identity]
    return newer


@pytest.mark.parametrize(
    "use",
    [
        ("log", "fiverr", "85"),
        ("spend", "fiverr", "10"),
        ("start", "fiverr"),
        ("payouts", "add", "fiverr", "20"),
        ("platforms", "edit", "fiverr", "upfront", "none"),
    ],
    ids=" ".join,
)
def test_a_platform_in_use_that_vanished_is_refused(
    run: Run, refused: Refused, write: Write, use: tuple[str, ...]
) -> None:
    """Gigs, spends, the stopwatch, payouts, findings: whatever names it."""
    assert run(*use).code == 0

    assert "Fiverr" in refused(
        1, "refused", "platforms", "update", "--from", write(_without("fiverr")), "--yes"
    )


def test_a_platform_the_shipped_rules_need_is_refused_to_vanish(
    refused: Refused, write: Write
) -> None:
    """Else money of the next bill would go to nobody."""
    assert "公众号" in refused(
        1, "refused", "platforms", "update", "--from", write(_without("wechat_mp")), "--yes"
    )


def test_a_platform_nobody_uses_may_vanish(run: Run, write: Write) -> None:
    """It is among the differences."""
    result = run("platforms", "update", "--from", write(_without("fiverr")), "--yes")

    assert (result.code, "少了 1 个平台\n  - Fiverr" in result.out) == (0, True)


def test_a_catalogue_for_a_newer_program_says_so(refused: Refused, write: Write) -> None:
    """Also where it holds things this program has never heard of."""
    newer = {**_changed(), "format": 2, "moods": ["good"]}

    assert "要更新的 xianke" in refused(
        5, "unreadable", "platforms", "update", "--from", write(newer), "--yes"
    )


BOMB = "as_of: &a [x, x]\nfactors: &b [*a, *a]\ncategories: [*b, *b]\nplatforms: []\n"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('{"as_of": "2026-11-23"}', "3 处毛病"),
        ("[]", "处毛病"),
        ("", "处毛病"),
        ('{"as_of": "2026-11-23",', "第 1 行"),
        (BOMB, "不能用 YAML 的锚和别名"),
        ("[" * 100_000, "处毛病"),
        ('{"a":' * 100_000, "处毛病"),
        ("as_of: 2026-11-23\nas_of: 2026-11-24\n", "前面已经有了"),
        ('{"as_of": "2026-11-23", "as_of": "2026-11-24"}', "前面已经有了"),
        ('{"as_of": NaN}', "要写成数字"),
        ("as_of: !!python/object/apply:os.system [false]\n", "处毛病"),
    ],
    ids=[
        "wrong schema", "a list", "nothing", "half of it", "bomb", "deep", "deep JSON", "twice",
        "twice in JSON", "no number", "an object",
    ],
)  # fmt: skip
def test_what_is_no_catalogue_is_not_understood(
    refused: Refused, write: Write, text: str, part: str
) -> None:
    """One sentence with the first fault, and nothing is built of it."""
    assert part in refused(
        2, "not_understood", "platforms", "update", "--from", write(text), "--yes"
    )


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"id": "../../mango"}, "platforms.102.id"),
        ({"id": "private"}, "另有用处"),
        ({"name": {"zh": "芒\x1b[2J", "en": "Mango"}}, "有终端显示不了的字符"),
        ({"status": {"value": "active", "date": "2026-02-30"}}, "要写成日期"),
        ({"upfront": {"value": "required", "yuan": 1e300}}, "数太大"),
        ({"conditions": {"min_age": "N"}}, "数太大"),
        ({"sources": [{"title": "甲", "url": "javascript:alert(1)"}]}, "http"),
        ({"website": "mango.example\n"}, "website"),
        ({"fee": {"text": "抽成", "low_percent": "很多" * 100_000}}, "要写成数字"),
    ],
    ids=[
        "path", "reserved", "escape", "no such day", "huge", "huge whole", "script", "line",
        "long",
    ],
)  # fmt: skip
def test_a_value_that_would_do_harm_is_refused(
    refused: Refused, write: Write, change: Document, part: str
) -> None:
    """The same schema as that of `platforms validate`; the sentence stays short."""
    newer = _shipped()
    text = json.dumps({**newer, "as_of": DAYS[1], "platforms": [*newer["platforms"], "X"]})
    mango = {**MANGO, **change}
    piece = json.dumps(mango).replace('"N"', "1" + "0" * 5000)

    said = refused(
        2, "not_understood", "platforms", "update", "--from",
        write(text.replace('"X"', piece)), "--yes",
    )  # fmt: skip

    assert part in said
    assert len(said) < 600


def test_a_file_of_another_sha256_is_refused(refused: Refused, write: Write) -> None:
    """What was found is told."""
    path = write(_changed())

    said = refused(
        5, "unreadable", "platforms", "update", "--from", path, "--sha256", "0" * 64, "--yes"
    )

    assert hashlib.sha256(Path(path).read_bytes()).hexdigest() in said


@pytest.mark.parametrize("digest", ["abc", "0" * 63, "0" * 65, "g" * 64, ""])
def test_a_sha256_that_is_none_is_not_understood(
    refused: Refused, write: Write, digest: str
) -> None:
    """Before the file is looked at."""
    refused(
        2, "not_understood", "platforms", "update", "--from", "none.yaml", "--sha256", digest,
        "--yes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ((), "没写从哪里更新"),
        (("--from", ""), "没写从哪里更新"),
        (("--yes",), "没写从哪里更新"),
        (("--rollback", "--from", "a.yaml"), "不能和"),
        (("--rollback", "--sha256", "0" * 64), "不能和"),
    ],
)
def test_half_a_command_is_not_understood(
    refused: Refused, words: tuple[str, ...], part: str
) -> None:
    """Nothing is guessed."""
    assert part in refused(2, "not_understood", "platforms", "update", *words)


def test_what_is_no_readable_file_is_unreadable(
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing, a folder, a pipe without end, not UTF-8, too large, a name nothing can have."""
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes("as_of: 今天".encode("gbk"))
    pipe = tmp_path / "pipe"
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
    monkeypatch.setattr(updates, "MOST_BYTES", 1000)

    for path in ("none.yaml", str(tmp_path), str(pipe), str(gbk), str(shelf.SHIPPED), "a\0b"):
        refused(5, "unreadable", "platforms", "update", "--from", path, "--yes")


def test_a_file_in_the_place_of_the_folder_is_told(refused: Refused, write: Write) -> None:
    """It is not ours to remove."""
    settings.home().mkdir(parents=True, exist_ok=True)
    (settings.home() / "catalogue").write_text("mine", encoding="utf-8")

    assert "catalogue" in refused(
        5, "unreadable", "platforms", "update", "--from", write(_changed()), "--yes"
    )
