"""Where the shells read what completes for them, and putting our part in and taking it out.

bash, zsh and PowerShell read one file of the user's: ours is a marked block at its end, and
nothing else in it is touched, to the byte. fish has a folder with one file for each program.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from xianke import faultwords, lookup
from xianke.errors import NotUnderstood, Refused, Unreadable
from xianke.i18n import _

Shell = Literal["bash", "zsh", "fish", "powershell"]
SHELLS: tuple[Shell, ...] = get_args(Shell)

BEGIN = b"# >>> xianke completion >>>"
END = b"# <<< xianke completion <<<"

_SCRIPTS = Path(__file__).parent.parent / "_shells"
_ENDINGS: Mapping[Shell, str] = {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1"}
_OTHER_NAMES: Mapping[str, Shell] = {"pwsh": "powershell"}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a shell's file: which file, and whether it had to be changed at all."""

    shell: Shell
    path: Path
    changed: bool


def script(shell: Shell) -> str:
    """Return what the shell has to read."""
    return (_SCRIPTS / f"xianke.{_ENDINGS[shell]}").read_text(encoding="ascii")


def meant(text: str | None, environ: Mapping[str, str]) -> Shell:
    """Return the shell of that name, or the one in use; raise NotUnderstood where there is none."""
    if text is not None:
        found = _known(text)
        if found is None:
            raise NotUnderstood(
                _("没有「{text}」这种 shell").format(text=text),
                lookup.with_guess(
                    _("可以是：{values}").format(values=", ".join(SHELLS)), text, SHELLS
                ),
            )
        return found
    found = _known(environ.get("SHELL", ""))
    if found is None and os.name == "nt":
        found = "powershell"
    if found is None:
        raise NotUnderstood(
            _("看不出你用的是哪种 shell"),
            _("写明，例如 --shell zsh；可以是：{values}").format(values=", ".join(SHELLS)),
        )
    return found


def _known(text: str) -> Shell | None:
    name = text.strip().replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe")
    return next((one for one in SHELLS if one == _OTHER_NAMES.get(name, name)), None)


def path_of(shell: Shell, environ: Mapping[str, str]) -> Path:
    """Return the file that the shell reads when it starts.

    Raise Unreadable where nobody can say which it is.
    """
    if shell == "powershell":
        return _powershell_profile()
    try:
        home = Path.home()
    except RuntimeError as error:
        raise Unreadable(
            _("找不到你的个人文件夹"), _("设好 HOME，或用 xianke completion show 自己装")
        ) from error
    if shell == "fish":
        config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
        return config / "fish" / "completions" / "xianke.fish"
    if shell == "zsh":
        return Path(environ.get("ZDOTDIR") or home) / ".zshrc"
    # What macOS opens in a terminal is a login shell: bash then reads another file.
    return home / (".bash_profile" if sys.platform == "darwin" else ".bashrc")


def _powershell_profile() -> Path:
    program = shutil.which("pwsh") or shutil.which("powershell")
    if program is not None:
        asked = subprocess.run(
            [program, "-NoProfile", "-NonInteractive", "-Command",
             "[Console]::OutputEncoding = [Text.Encoding]::UTF8; $PROFILE"],
            capture_output=True, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        found = asked.stdout.decode("utf-8-sig", errors="replace").strip()
        if asked.returncode == 0 and found:
            return Path(found)
    raise Unreadable(
        _("找不到 PowerShell 的配置文件"),
        _("自己装：把 xianke completion show powershell 的输出放进 $PROFILE"),
    )


def install(shell: Shell, path: Path) -> Change:
    """Put our part into the shell's file, in the place of an older one; twice changes nothing.

    Raise Refused for a block that was cut in two, Unreadable where the file cannot be read or
    written.
    """
    before = _content(path)
    ours = script(shell)
    after = ours.encode() if shell == "fish" else _with_block(before, ours, path)
    if after != before:
        _write(path, after)
    return Change(shell, path, after != before)


def uninstall(shell: Shell, path: Path) -> Change:
    """Take our part out again; the file is then, to the byte, as if it had never been there.

    Raise as `install` does.
    """
    before = _content(path)
    if before is None:
        return Change(shell, path, changed=False)
    place = (0, len(before)) if shell == "fish" else _block(before, path)
    if place is None:
        return Change(shell, path, changed=False)
    after = before[: place[0]] + before[place[1] :]
    # A file that begins with our block was made by us: elsewhere a line break is before it.
    if not after and (shell == "fish" or before.startswith(BEGIN)):
        _remove(path)
    else:
        _write(path, after)
    return Change(shell, path, changed=True)


def _with_block(before: bytes | None, text: str, path: Path) -> bytes:
    line = b"\r\n" if b"\r\n" in (before or b"") else b"\n"
    block = line.join([BEGIN, *text.encode().splitlines(), END, b""])
    if before is None:
        return block
    place = _block(before, path)
    # The line break before the block is ours as well, so that a file without one at its end, and
    # an empty one, come back as they were.
    if place is None:
        return before + line + block
    lead = before[place[0] : before.index(BEGIN, place[0])]
    return before[: place[0]] + lead + block + before[place[1] :]


def _block(content: bytes, path: Path) -> tuple[int, int] | None:
    """Return where our block stands, with the line break before it; None where there is none."""
    begins, ends = content.count(BEGIN), content.count(END)
    if (begins, ends) == (0, 0):
        return None
    start, stop = content.find(BEGIN), content.find(END)
    if (begins, ends) != (1, 1) or stop < start:
        raise Refused(
            _("{path} 里 xianke 的那一段被改坏了").format(path=path),
            _("自己删掉从「{begin}」到「{end}」的几行，再试一次").format(
                begin=BEGIN.decode(), end=END.decode()
            ),
        )
    stop += len(END)
    for mark in (b"\r\n", b"\n"):
        if content.startswith(mark, stop):
            stop += len(mark)
            break
    for mark in (b"\r\n", b"\n"):
        if content.endswith(mark, 0, start):
            start -= len(mark)
            break
    return start, stop


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _not_possible(path, error) from error


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; a link stays a link, rights stay as they are."""
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o644
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(13, os.strerror(13))
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError) as error:
        raise _not_possible(path, error) from error


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise _not_possible(path, error) from error


def _not_possible(path: Path, error: Exception) -> Unreadable:
    reason = faultwords.of_system(error) if isinstance(error, OSError) else _("里面有读不出的文字")
    return Unreadable(
        _("改不了 {path}：{reason}").format(path=path, reason=reason),
        _("自己装：看 xianke completion show --help"),
    )
