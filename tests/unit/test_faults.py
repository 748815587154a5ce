"""The log of internal errors: enough to find the fault, nothing of what the user keeps."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from xianke import __version__, faults, settings

SECRET = "王阿姨欠我 85.40 元"


def _fault(message: str = SECRET) -> BaseException:
    try:
        raise ValueError(message)
    except ValueError as error:
        return error


def test_the_log_names_the_place_and_kind_of_the_fault_but_not_its_words() -> None:
    """The message of an exception may quote a name or an amount: it is left out."""
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise RuntimeError(SECRET) from cause
    except RuntimeError as error:
        place = faults.record(error)

    assert place == settings.home() / "errors.log"
    text = place.read_text(encoding="utf-8")
    assert re.match(rf"\d{{4}}-\d\d-\d\dT\S+ xianke {re.escape(__version__)} RuntimeError\n", text)
    assert Path(__file__).name in text
    assert "王阿姨" not in text
    assert "85.40" not in text


def test_faults_are_added_one_after_the_other() -> None:
    """The last one does not hide the first."""
    faults.record(_fault())
    place = faults.record(_fault())

    assert place is not None
    assert place.read_text(encoding="utf-8").count(" ValueError\n") == 2


def test_the_log_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond its limit it begins anew."""
    monkeypatch.setattr(faults, "MOST_BYTES", 10)
    faults.record(_fault())

    place = faults.record(_fault())

    assert place is not None
    assert place.read_text(encoding="utf-8").count(" ValueError\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_the_log_and_its_folder_are_the_user_s_alone() -> None:
    """0600 in 0700, whatever the umask allows."""
    before = os.umask(0)
    try:
        place = faults.record(_fault())
    finally:
        os.umask(before)

    assert place is not None
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_a_log_that_cannot_be_written_is_no_second_fault() -> None:
    """A file lies where the folder should be: there is no log, and no traceback either."""
    settings.home().write_text("not a folder", encoding="utf-8")

    assert faults.record(_fault()) is None


def test_a_home_that_nobody_has_is_no_second_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stopped the command before must not stop the message about it."""
    monkeypatch.setenv("XIANKE_HOME", "~no-such-user-here")

    assert faults.record(_fault()) is None
