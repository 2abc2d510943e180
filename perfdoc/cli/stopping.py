"""A command that is told to stop (SIGTERM, SIGHUP) ends what it started and takes away what it had begun.

Left to themselves both signals end the process at once: LibreOffice would go on, and its profile, temporary files and
half-made results would stay. Here they are an exception, as Ctrl-C is one, and then the process ends by the signal.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class StoppedError(BaseException):
    """Somebody told the process to stop. No Exception: nothing that goes wrong with a file is to be seen in it."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(signal.Signals(number).name)


@contextmanager
def stopping_tidily() -> Iterator[None]:
    """End by SIGTERM or SIGHUP only after all that is inside was left; one that is ignored (nohup) stays so."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [number for name in names if signal.getsignal(number := getattr(signal, name)) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        numbers = []

    def stop(number: int, frame: FrameType | None) -> None:
        for one in numbers:
            signal.signal(one, signal.SIG_IGN)  # a second one must not interrupt the tidying up
        raise StoppedError(number)

    for number in numbers:
        signal.signal(number, stop)
    try:
        yield
    except StoppedError as stopped:
        signal.signal(stopped.number, signal.SIG_DFL)
        os.kill(os.getpid(), stopped.number)
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
