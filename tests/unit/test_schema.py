from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from xianke import datafile
from xianke.datafile import Problem
from xianke.schema import MODELS

# Any: a catalogue is whatever YAML can hold, also what it should not.
Raw = dict[str, Any]

SOURCE = {"title": "某报：一则报道", "date": "2026-01", "url": "https://example.org/a"}
PAY = {
    "unit": "yuan_per_hour", "low": "10", "high": "20", "measure": "gross", "grade": "press",
    "by": "某报", "sources": ["0"],
}  # fmt: skip
WHOLE: Raw = {
    "as_of": "2026-11-22",
    "factors": [
        {
            "id": "waiting", "share": "0.33", "spread": "0.2",
            "text": {"zh": "等待", "en": "waiting"},
            "source": "某研究", "date": "2021", "grade": "third_party",
        }
    ],
    "categories": [
        {
            "id": "errands", "name": {"zh": "跑腿", "en": "Errands"},
            "what": {"zh": "替人跑腿", "en": "Run errands"},
            "conditions": {"place": "neighbourhood", "min_block_minutes": "30"},
            "self": {"what": {"zh": "替邻居跑腿", "en": "For neighbours"}, "costs": ["waiting"]},
            "costs": ["waiting"], "growth": "0.1", "peak": "午后",
            "peaks": [{"days": "all", "from": "11:00", "to": "12:30"}], "risks": ["摔跤"],
            "rates": [PAY],
        }
    ],
    "platforms": [
        {
            "id": "apple", "name": {"zh": "苹果跑腿", "en": "Apple Errands"}, "aliases": ["苹果"],
            "kind": "platform", "category": "errands", "what": {"zh": "跑腿", "en": "Errands"},
            "conditions": {"devices_any": ["phone"], "interruptible": "no"},
            "status": {"value": "active", "date": "2026-04-22", "sources": ["0"]},
            "pay": [PAY],
            "settlement": {"value": "weekly"}, "min_withdrawal": {"yuan": "10"},
            "fee": {"low_percent": "5", "high_percent": "10", "text": "抽一成"},
            "upfront": {"value": "required", "yuan": "99.5", "note": "押金"},
            "escrow": {"value": "no"}, "public_ratings": {"value": "yes"},
            "id_verification": {"value": "optional"},
            "website": "apple.example", "complaints": ["单少"], "confidence": "low",
            "note": "只是例子", "sources": [SOURCE],
        }
    ],
}  # fmt: skip


def _copy(content: Raw) -> Raw:
    """Return a copy in which nothing is shared: YAML would write an alias for what is."""
    copied: Raw = json.loads(json.dumps(content))
    return copied


def _file(tmp_path: Path, content: Raw | str, name: str = "catalogue.yaml") -> Path:
    path = tmp_path / name
    text = (
        content if isinstance(content, str) else yaml.safe_dump(_copy(content), allow_unicode=True)
    )
    path.write_text(text, encoding="utf-8")
    return path


def _problems(tmp_path: Path, content: Raw | str) -> list[Problem]:
    data, problems = datafile.check(_file(tmp_path, content), MODELS["platforms"])
    assert data is None
    return problems


def _reasons(tmp_path: Path, content: Raw | str) -> list[str]:
    return [problem.reason for problem in _problems(tmp_path, content)]


def _changed(path: tuple[str | int, ...], value: object) -> Raw:
    """Return the whole catalogue with one place put to *value*; None takes the key away."""
    content = _copy(WHOLE)
    place: Any = content
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return content


def test_a_whole_catalogue_is_read_with_every_value_converted(tmp_path: Path) -> None:
    """Text becomes numbers and truth values by the schema, not by YAML; absent keys stay absent."""
    data, problems = datafile.check(_file(tmp_path, WHOLE), MODELS["platforms"])

    assert problems == []
    assert data is not None
    assert data["categories"] == [
        {
            "id": "errands", "name": {"zh": "跑腿", "en": "Errands"},
            "what": {"zh": "替人跑腿", "en": "Run errands"},
            "conditions": {"place": "neighbourhood", "min_block_minutes": 30},
            "self_route": {
                "what": {"zh": "替邻居跑腿", "en": "For neighbours"}, "costs": ["waiting"],
            },
            "costs": ["waiting"], "growth": 0.1, "peak": "午后",
            "peaks": [{"days": "all", "start": "11:00", "end": "12:30"}], "risks": ["摔跤"],
            "rates": [
                {
                    "unit": "yuan_per_hour", "low": 10.0, "high": 20.0, "measure": "gross",
                    "grade": "press", "by": "某报", "sources": [0],
                }
            ],
        }
    ]  # fmt: skip
    platform = data["platforms"][0]
    assert platform["conditions"] == {"devices_any": ["phone"], "interruptible": False}
    assert platform["upfront"] == {"value": "required", "yuan": 99.5, "note": "押金"}
    assert platform["min_withdrawal"] == {"yuan": 10.0}
    assert data["factors"][0]["share"] == 0.33


def test_a_text_is_in_both_languages_or_in_chinese(tmp_path: Path) -> None:
    """Both forms pass side by side and come out as they went in."""
    pair = {"zh": "单少", "en": "few orders"}
    content = _changed(("platforms", 0, "complaints"), [pair, "远"])

    data, problems = datafile.check(_file(tmp_path, content), MODELS["platforms"])

    assert problems == []
    assert data is not None
    assert data["platforms"][0]["complaints"] == [pair, "远"]


def test_regions_are_spelt_when_compiled_and_never_taken_over(tmp_path: Path) -> None:
    """In pinyin, with the apostrophe it needs and the names that are usual in English."""
    regions = ["长沙", "西安", "陕西", "山西", "内蒙古", "重庆"]
    content = _changed(("platforms", 0, "conditions", "regions"), regions)
    content["platforms"][0]["conditions"]["regions_en"] = ["Nowhere"]

    data, problems = datafile.check(_file(tmp_path, content), MODELS["platforms"])

    assert problems == []
    assert data is not None
    spelt = json.loads(datafile.compiled("platforms", data))["platforms"][0]["conditions"]
    assert spelt["regions_en"] == [
        "Changsha", "Xi'an", "Shaanxi", "Shanxi", "Inner Mongolia", "Chongqing",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("as_of",), None, "as_of: Field required"),
        (("platforms", 0, "note"), {"zh": "例子"}, "platforms.0.note.en: Field required"),
        (("platforms", 0, "note"), ["例子"], "platforms.0.note: Input should be a valid string"),
        (("as_of",), "2026", "as_of: String should match pattern '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'"),
        (("mood",), "good", "mood: Extra inputs are not permitted"),
        (("factors", 0, "share"), "much", "factors.0.share: not a number: 'much'"),
        (("factors", 0, "share"), "-1", "factors.0.share: not a number of zero or more: '-1'"),
        (("factors", 0, "share"), "NaN", "factors.0.share: not a number of zero or more: 'NaN'"),
        (
            ("categories", 0, "conditions", "min_block_minutes"),
            "1.5",
            "categories.0.conditions.min_block_minutes: not a whole number: '1.5'",
        ),
        (("platforms", 0, "note"), "  ", "platforms.0.note: must not be blank"),
        (("platforms", 0, "note"), "好✓", "platforms.0.note: not printable in GBK: '✓'"),
        (
            ("platforms", 0, "sources", 0, "url"),
            "ftp://example.org",
            "platforms.0.sources.0: a source's url starts with http:// or https://",
        ),
        (
            ("platforms", 0, "pay", 0, "low"),
            "30",
            "platforms.0.pay.0: low <= typical <= high does not hold",
        ),
        (
            ("platforms", 0, "escrow", "sources"),
            ["1"],
            "platforms.0: a fact points at a source that is not in the list",
        ),
        (("platforms", 0, "category"), "cooking", "platform apple: no category 'cooking'"),
        (("categories", 0, "costs"), ["fuel"], "category errands: no factor 'fuel'"),
        (
            ("categories", 0, "self", "costs"),
            ["fuel"],
            "category errands: no factor 'fuel'",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, path: tuple[str | int, ...], value: object, reason: str
) -> None:
    """Where it stands and what is wrong with it, for each fault."""
    assert _reasons(tmp_path, _changed(path, value)) == [reason]


def test_pay_without_any_figure_is_a_fault(tmp_path: Path) -> None:
    """A statement about pay has to state something."""
    pay = {name: value for name, value in PAY.items() if name not in ("low", "high")}

    assert _reasons(tmp_path, _changed(("platforms", 0, "pay"), [pay])) == [
        "platforms.0.pay.0: pay without low, typical or high"
    ]


def test_what_is_known_needs_a_source(tmp_path: Path) -> None:
    """A fact that nobody said is no fact; a platform of which nothing is known may go without."""
    told = _changed(("platforms", 0, "sources"), [])
    told["platforms"][0]["status"].pop("sources")
    told["platforms"][0]["pay"] = []
    untold = _copy(told)
    untold["platforms"][0] = {
        name: told["platforms"][0][name]
        for name in (
            "id",
            "name",
            "kind",
            "category",
            "what",
            "conditions",
            "confidence",
            "sources",
        )
    } | {"status": {"value": "unknown"}}

    _data, problems = datafile.check(_file(tmp_path, untold), MODELS["platforms"])

    assert problems == []
    assert _reasons(tmp_path, told) == [
        "platforms.0: something is said to be known, but no source is named"
    ]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ({"id": "apple"}, "platform id stands twice: 'apple'"),
        ({"aliases": ["APPLE"]}, "platform name or alias stands twice: 'apple'"),
        ({"name": {"zh": "苹果", "en": "Pear"}}, "platform name or alias stands twice: '苹果'"),
    ],
)
def test_a_name_belongs_to_one_platform(tmp_path: Path, names: Raw, reason: str) -> None:
    """Whatever somebody types must not mean two things."""
    content = _copy(WHOLE)
    second = _copy(content["platforms"][0])
    second |= {"id": "pear", "name": {"zh": "梨子", "en": "Pear"}, "aliases": []} | names
    content["platforms"].append(second)

    assert _reasons(tmp_path, content) == [reason]


def test_a_category_stands_once(tmp_path: Path) -> None:
    """Two of the same id would hide each other."""
    content = _copy(WHOLE)
    content["categories"] *= 2

    assert _reasons(tmp_path, content) == ["category id stands twice: 'errands'"]


def test_every_fault_is_listed_with_its_line(tmp_path: Path) -> None:
    """One run shows them all, each where it stands in the file."""
    text = "as_of: today\nfactors: []\ncategories:\n  - id: X\n    mood: good\nplatforms: []\n"

    problems = _problems(tmp_path, text)

    assert [str(problem) for problem in problems[:3]] == [
        "catalogue.yaml:1: as_of: String should match pattern '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'",
        "catalogue.yaml:4: categories.0.id: String should match pattern '^[a-z0-9_]{2,40}$'",
        "catalogue.yaml:4: categories.0.name: Field required",
    ]
    assert "catalogue.yaml:5: categories.0.mood: Extra inputs are not permitted" in map(
        str, problems
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\nb: 2\na: 3\n", "catalogue.yaml:3: key stands twice: 'a'"),
        ("- x: 1\n  x: 2\n", "catalogue.yaml:2: key stands twice: 'x'"),
        ("a: &x 1\nb: *x\n", "catalogue.yaml:1: anchors and aliases are not allowed"),
        ("a: 1\nb: *x\n", "catalogue.yaml:2: anchors and aliases are not allowed"),
        ("a: [1\n", "catalogue.yaml:2: did not find expected ',' or ']'"),
        ("- 1\n- 2\n", "catalogue.yaml:1: Input should be a valid dictionary or instance of"),
        ("", "catalogue.yaml:1: Input should be a valid dictionary or instance of"),
        ("a: \x07\n", "catalogue.yaml:1: unacceptable character #x0007"),
    ],
)
def test_what_is_not_plain_yaml_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    """Broken, doubled, self-copying: each with the line to look at."""
    (problem,) = _problems(tmp_path, text)

    assert str(problem).startswith(fault)


def test_a_file_nested_without_end_is_refused(tmp_path: Path) -> None:
    """It must not take the program down with it."""
    (problem,) = _problems(tmp_path, "[" * 1200 + "]" * 1200)

    assert problem.line == 1


def test_a_clock_time_or_a_no_stays_text(tmp_path: Path) -> None:
    """YAML's own guesses about `12:30`, `no` and `1.10` never happen."""
    text = yaml.safe_dump(_copy(WHOLE), allow_unicode=True)
    file = _file(tmp_path, text.replace("note: 只是例子", "note: 1.10"))

    data, _problems = datafile.check(file, MODELS["platforms"])

    assert data is not None
    assert data["platforms"][0]["note"] == "1.10"


def test_files_that_cannot_be_read_are_problems_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Missing, not UTF-8, too large: a value with a reason, like any other fault."""
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("é".encode("latin-1"))
    small = _file(tmp_path, "a: 1\n", "small.yaml")

    missing = datafile.check(tmp_path / "none.yaml", MODELS["platforms"])
    garbled = datafile.check(latin, MODELS["platforms"])
    monkeypatch.setattr(datafile, "MAX_FILE_BYTES", 3)
    large = datafile.check(small, MODELS["platforms"])

    assert missing == (None, [Problem("none.yaml", 1, "No such file or directory")])
    assert garbled == (None, [Problem("latin.yaml", 1, "not UTF-8: unexpected end of data")])
    assert large == (
        None,
        [Problem("small.yaml", 1, "the file is too large for a catalogue")],
    )


def test_null_means_not_known(tmp_path: Path) -> None:
    """`null` in the file is the absence of a date or address, not the word."""
    content = _changed(("platforms", 0, "sources", 0, "date"), "null")
    content["platforms"][0]["sources"][0]["url"] = "~"

    data, _problems = datafile.check(_file(tmp_path, content), MODELS["platforms"])

    assert data is not None
    assert data["platforms"][0]["sources"] == [{"title": "某报：一则报道"}]


SKILL = {
    "id": "ppt",
    "name": {"zh": "幻灯片", "en": "Slides"},
    "group": "office",
    "aliases": ["PPT"],
    "hours_to_learn": "null",
}
HOURS = {
    "low": "10",
    "high": "30",
    "basis": "judgement",
    "source": {"zh": "估计", "en": "a guess"},
    "date": "2026-11-28",
}
ASSET = {"id": "camera", "name": {"zh": "相机", "en": "Camera"}, "aliases": ["单反"]}


def _vocabulary(tmp_path: Path, kind: str, entries: list[Raw]) -> list[str]:
    _data, problems = datafile.check(_file(tmp_path, {kind: entries}), MODELS[kind])
    return [problem.reason for problem in problems]


def test_skills_and_assets_have_their_own_checks(tmp_path: Path) -> None:
    """A skill serves something with a strength; an asset may serve nothing, being a device."""
    skill = {**SKILL, "serves": {"design": "0.6"}}
    asset = {**ASSET, "device": "phone", "serves": {}}

    assert _vocabulary(tmp_path, "skills", [skill]) == []
    assert _vocabulary(tmp_path, "assets", [asset]) == []
    assert _vocabulary(tmp_path, "skills", [{**SKILL, "serves": {"design": "1.5"}}]) == [
        "skills.0.serves.design: Input should be less than or equal to 1"
    ]
    assert _vocabulary(tmp_path, "skills", [{**SKILL, "serves": {}}]) == [
        "skills.0.serves: Dictionary should have at least 1 item after validation, not 0"
    ]


def test_a_skill_says_how_long_it_takes_or_that_nobody_knows(tmp_path: Path) -> None:
    """From fewer to more hours, with what that rests on; leaving it out is no answer."""

    def reasons(**changes: Any) -> list[str]:  # Any: fields of the hours
        entry = {**SKILL, "serves": {"design": "1"}, "hours_to_learn": {**HOURS, **changes}}
        return _vocabulary(tmp_path, "skills", [entry])

    silent = {name: value for name, value in SKILL.items() if name != "hours_to_learn"}

    assert reasons() == []
    assert reasons(low="31") == ["skills.0.hours_to_learn: hours to learn from 31 to 30"]
    assert reasons(low="0") == [
        "skills.0.hours_to_learn.low: Input should be greater than or equal to 1"
    ]
    assert reasons(basis="hearsay") == [
        "skills.0.hours_to_learn.basis: Input should be 'judgement' or 'published'"
    ]
    assert _vocabulary(tmp_path, "skills", [{**silent, "serves": {"design": "1"}}]) == [
        "skills.0.hours_to_learn: Field required"
    ]


@pytest.mark.parametrize(
    ("kind", "entry"),
    [("skills", {**SKILL, "serves": {"design": "1"}}), ("assets", {**ASSET, "serves": {}})],
)
def test_a_word_of_the_vocabulary_stands_once(tmp_path: Path, kind: str, entry: Raw) -> None:
    """Neither an id nor a name or alias may mean two things."""
    alias = entry["aliases"][0].casefold()
    renamed = {**entry, "id": "other", "name": {"zh": "别的", "en": "Other"}}

    assert _vocabulary(tmp_path, kind, [entry, entry]) == [
        f"{kind[:-1]} id stands twice: {entry['id']!r}"
    ]
    assert _vocabulary(tmp_path, kind, [entry, renamed]) == [
        f"name or alias stands twice: {alias!r}"
    ]
