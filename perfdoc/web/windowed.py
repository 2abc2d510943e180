"""`perfdoc-web`: the page for who never sees a terminal. It asks for the folder in a window, then opens the browser."""

import sys
from pathlib import Path

from perfdoc.errors import PerfdocError
from perfdoc.texts import of_the_user, say, speak
from perfdoc.web import serve


def main() -> None:
    """Ask for the folder, unless one is given, and serve it until the page says that it ends."""
    speak(of_the_user())
    given = sys.argv[1] if len(sys.argv) > 1 else _asked()
    if not given:
        return
    try:
        serve(Path(given), 0, lambda address: None)
    except PerfdocError as error:
        _tell(str(error))


def _asked() -> str:
    """The folder that is chosen in a window; nothing where none is."""
    from tkinter import Tk, filedialog

    window = Tk()
    window.withdraw()
    chosen = filedialog.askdirectory(title=say("web.ask_folder"), mustexist=True)
    window.destroy()
    return str(chosen or "")


def _tell(what: str) -> None:
    from tkinter import Tk, messagebox

    window = Tk()
    window.withdraw()
    messagebox.showerror("perfdoc", what)
    window.destroy()
