"""`xianke completion`: our part goes into the shell's file and comes out of it to the byte."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xianke import i18n
from xianke.commands import shellfiles

if TYPE_CHECKING:
    from tests.conftest import Run

    from xianke.commands.shellfiles import Shell

BLOCKED: tuple[Shell, ...] = ("bash", "zsh")
"""The shells with a block in a file of the user's, whose place needs no other program."""
FILES = {
    "bash": ".bash_profile" if sys.platform == "darwin" else ".bashrc",
    "zsh": ".zshrc",
    "fish": ".config/fish/completions/xianke.fish",
}
CONTENTS = {
    "lines": b"alias ll='ls -l'\nexport EDITOR=vi\n",
    "no line break at the end": b"alias ll='ls -l'",
    "empty": b"",
    "blank lines": b"\n\n",
    "Windows": b"alias a=b\r\nalias c=d\r\n",
    "another encoding": "# 我的设置\n".encode("gb18030"),
}

unix = pytest.mark.skipif(os.name == "nt", reason="rights and links work otherwise there")


@pytest.fixture(autouse=True)
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home folder of its own, used with bash."""
    folder = tmp_path / "person"
    folder.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for name in ("ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHELL", "/bin/bash")
    return folder


def _lines(shell: str, path: Path) -> dict[str, str]:
    return {
        "installed": f"{shell} 的补全装好了：{path}",
        "there": f"{shell} 的补全早就装好了：{path}",
        "removed": f"{shell} 的补全去掉了：{path}",
        "missing": f"{shell} 没有装过补全，什么也没有改：{path}",
        "undo": f"→ 不要了：xianke completion uninstall --shell {shell}",
        "again": f"→ 要装：xianke completion install --shell {shell}",
    }


@pytest.mark.parametrize("shell", FILES)
def test_it_says_what_it_did_and_how_to_undo_it(shell: str, run: Run, person: Path) -> None:
    """Put in, put in again, taken out, taken out again."""
    said = _lines(shell, person / FILES[shell])

    told = [
        run("completion", action, "--shell", shell).out.splitlines()
        for action in ("install", "install", "uninstall", "uninstall")
    ]

    assert told == [
        [said["installed"], "  开一个新终端就能用，试试：xianke log xy<Tab>", said["undo"]],
        [said["there"], said["undo"]],
        [said["removed"], said["again"]],
        [said["missing"], said["again"]],
    ]


@pytest.mark.parametrize("shell", FILES)
def test_programs_are_told_the_same(shell: str, run: Run, person: Path) -> None:
    """Which shell, which file, and whether it was changed."""
    told = [
        run("completion", action, "--shell", shell, "--json").data
        for action in ("install", "install", "uninstall", "uninstall")
    ]

    expected = {"shell": shell, "path": str(person / FILES[shell])}
    assert told == [{**expected, "changed": changed} for changed in (True, False, True, False)]


@pytest.mark.parametrize("shell", FILES)
def test_a_file_that_was_made_goes_again(shell: str, run: Run, person: Path) -> None:
    """Who had none has none."""
    run("completion", "install", "--shell", shell)
    assert (person / FILES[shell]).read_text().count("xianke __complete") <= 1
    assert (
        shellfiles.script(next(one for one in shellfiles.SHELLS if one == shell))
        in (person / FILES[shell]).read_text()
    )

    run("completion", "uninstall", "--shell", shell)

    assert [path for path in person.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("shell", BLOCKED)
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_the_rest_of_the_file_is_left_to_the_byte(
    content: bytes, shell: Shell, run: Run, person: Path
) -> None:
    """With the block in it, and after it was taken out."""
    path = person / FILES[shell]
    path.write_bytes(content)

    run("completion", "install", "--shell", shell)
    run("completion", "install", "--shell", shell)
    inside = path.read_bytes()
    run("completion", "uninstall", "--shell", shell)

    assert inside.startswith(content)
    assert inside.count(shellfiles.BEGIN) == inside.count(shellfiles.END) == 1
    assert path.read_bytes() == content


def test_what_was_added_after_the_block_stays(run: Run, person: Path) -> None:
    """The user goes on writing; an older block is renewed where it stands."""
    path = person / FILES["bash"]
    path.write_bytes(b"one\n")
    run("completion", "install")
    old = path.read_bytes().replace(b"_xianke_complete", b"_of_an_older_version")
    path.write_bytes(old + b"two\n")

    assert run("completion", "install", "--json").data["changed"] is True
    renewed = path.read_bytes()
    run("completion", "uninstall")

    assert (renewed.startswith(b"one\n\n# >>>"), renewed.endswith(b"<<<\ntwo\n")) == (True, True)
    assert b"_of_an_older_version" not in renewed
    assert path.read_bytes() == b"one\ntwo\n"


@pytest.mark.parametrize("action", ["install", "uninstall"])
@pytest.mark.parametrize(
    "content",
    [
        b"a\n# >>> xianke completion >>>\nb\n",
        b"a\n# <<< xianke completion <<<\nb\n",
        b"# <<< xianke completion <<<\n# >>> xianke completion >>>\n",
        b"# >>> xianke completion >>>\n# <<< xianke completion <<<\n" * 2,
    ],
    ids=["no end", "no beginning", "turned round", "twice"],
)
def test_a_block_that_was_cut_is_left_alone(
    action: str, content: bytes, run: Run, person: Path
) -> None:
    """Who knows what is in it: the user is told which lines to delete."""
    path = person / FILES["bash"]
    path.write_bytes(content)

    ended = run("completion", action)

    assert (ended.code, path.read_bytes()) == (1, content)
    assert ended.err.splitlines()[0] == f"错误：{path} 里 xianke 的那一段被改坏了"


@unix
def test_a_link_stays_a_link_and_rights_stay(run: Run, person: Path, tmp_path: Path) -> None:
    """Many keep such files elsewhere."""
    kept = tmp_path / "kept"
    kept.write_bytes(b"one\n")
    kept.chmod(0o600)
    path = person / FILES["zsh"]
    path.symlink_to(kept)

    run("completion", "install", "--shell", "zsh")

    assert (path.is_symlink(), kept.stat().st_mode & 0o777) == (True, 0o600)
    assert shellfiles.BEGIN in kept.read_bytes()


def test_a_file_that_is_a_folder_is_a_sentence(run: Run, person: Path) -> None:
    """Nothing is changed; the user can still do it by hand."""
    (person / FILES["bash"]).mkdir()

    ended = run("completion", "install")

    assert ended.code == 5
    assert ended.err.splitlines()[0].startswith(f"错误：改不了 {person / FILES['bash']}：")
    assert ended.err.splitlines()[1] == "提示：自己装：看 xianke completion show --help"


@unix
def test_a_folder_in_which_nobody_may_write_is_a_sentence(
    run: Run, person: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half-written file is left behind."""
    if os.geteuid() == 0:
        monkeypatch.setenv("ZDOTDIR", "/proc")
    else:
        person.chmod(0o500)

    ended = run("completion", "install", "--shell", "zsh")

    person.chmod(0o700)
    assert (ended.code, ended.out, list(person.iterdir())) == (5, "", [])


def test_folders_that_shells_are_told_are_used(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zsh and fish can be sent elsewhere."""
    monkeypatch.setenv("ZDOTDIR", str(tmp_path / "z"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))

    zsh = run("completion", "install", "--shell", "zsh", "--json").data["path"]
    fish = run("completion", "install", "--shell", "fish", "--json").data["path"]

    assert zsh == str(tmp_path / "z" / ".zshrc")
    assert fish == str(tmp_path / "c" / "fish" / "completions" / "xianke.fish")


@pytest.mark.parametrize(
    ("program", "shell"),
    [
        ("/bin/bash", "bash"),
        ("/usr/bin/zsh", "zsh"),
        ("C:\\Git\\bash.EXE", "bash"),
        ("fish", "fish"),
    ],
)
def test_the_shell_in_use_is_meant(
    program: str, shell: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the system names it."""
    monkeypatch.setenv("SHELL", program)

    assert run("completion", "install", "--json").data["shell"] == shell


@unix
def test_an_unknown_shell_has_to_be_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is guessed."""
    monkeypatch.setenv("SHELL", "/bin/tcsh")

    ended = run("completion", "install")

    assert (ended.code, ended.err.splitlines()) == (
        2,
        [
            "错误：看不出你用的是哪种 shell",
            "提示：写明，例如 --shell zsh；可以是：bash, zsh, fish, powershell",
        ],
    )


def test_a_misspelt_shell_gets_a_proposal(run: Run) -> None:
    """And the list."""
    ended = run("completion", "show", "zhs")

    assert (ended.code, ended.err.splitlines()) == (
        2,
        [
            "错误：没有「zhs」这种 shell",
            "提示：是不是想写 zsh？可以是：bash, zsh, fish, powershell",
        ],
    )


@pytest.mark.skipif(sys.platform != "linux", reason="PowerShell is at home elsewhere")
def test_without_powershell_it_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only PowerShell knows where its profile lies."""
    monkeypatch.setenv("PATH", "")

    ended = run("completion", "install", "--shell", "powershell")

    assert (ended.code, ended.err.splitlines()[0]) == (5, "错误：找不到 PowerShell 的配置文件")


@pytest.mark.parametrize("shell", shellfiles.SHELLS)
def test_the_script_alone_is_printed(shell: Shell, run: Run, person: Path) -> None:
    """Plain ASCII, for a file or for eval; nothing is touched."""
    ended = run("completion", "show", shell)

    assert ended.out == shellfiles.script(shell)
    assert ended.out.isascii()
    assert run("completion", "show", shell, "--json").data == {"shell": shell, "script": ended.out}
    assert list(person.iterdir()) == []


def test_in_english(run: Run, person: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in the other language."""
    monkeypatch.setenv("XIANKE_LANG", "en")
    i18n.set_language("en")

    ended = run("completion", "install")

    assert ended.out.splitlines() == [
        f"Completion for bash is installed: {person / FILES['bash']}",
        "  It works in a new terminal; try: xianke log xy<Tab>",
        "→ to take it out: xianke completion uninstall --shell bash",
    ]
