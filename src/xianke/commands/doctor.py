"""`doctor` and `paths`: whether all that is kept is sound, and where it lies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from xianke import settings
from xianke.commands.shell import Command, JsonFlag, new_app
from xianke.errors import Unreadable, XiankeError
from xianke.i18n import _

if TYPE_CHECKING:
    from xianke.ailments import Looked

app = new_app()


@app.command(
    "doctor",
    cls=Command,
    help=_(
        "看数据、备份、设置、目录有没有毛病，只看不改；有坏的说怎么办。\n\n"
        "例：\n"
        "  xianke doctor\n"
        "  xianke doctor --json\n\n"
        "有坏的，退出码是 5；只是要留心的，是 0。"
    ),
)
def doctor(json: JsonFlag = False) -> None:
    from xianke import checkup
    from xianke.render import doctor as screen

    barred = checkup.barred()
    looked = _looked() if barred is None else [barred]
    sick = any(one.grade == "damage" for one in looked)
    ending = typer.Exit(Unreadable.exit_code if sick else 0)
    try:
        if json:
            screen.emit(looked)
        else:
            screen.show(looked)
    except BrokenPipeError:
        # Whoever read along has seen enough; a script still goes by how it ended.
        raise ending from None
    raise ending


def _looked() -> list[Looked]:
    from xianke import checkup
    from xianke.commands import examining

    return [
        checkup.settings_looked(),
        *examining.store_looked(),
        checkup.catalogue_looked(_today()),
        checkup.rights_looked(),
        checkup.space_looked(),
        checkup.leftovers_looked(),
    ]


@app.command(
    "paths",
    cls=Command,
    help=_(
        "数据、设置、备份都放在哪，在不在，谁能读。\n\n"
        "例：\n"
        "  xianke paths\n\n"
        "环境变量 XIANKE_HOME 把全部换到另一个文件夹。"
    ),
)
def paths(json: JsonFlag = False) -> None:
    from xianke import places
    from xianke.render import doctor as screen
    from xianke.render import envelope

    found = places.places()
    if json:
        envelope.emit(screen.paths_document(found))
    else:
        screen.show_paths(found)


def _today() -> date | None:
    """Return the present day, None where the settings or the clock are what is wrong."""
    try:
        return settings.now().date()
    except XiankeError:
        return None
