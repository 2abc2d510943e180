"""`perfdoc web` from the command line: one address, and one clear line where it can't be served."""

from __future__ import annotations

import builtins
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from checkout import ROOT
from cli_support import run
from waiting import PATIENCE

from perfdoc.cli.codes import Code
from perfdoc.web import windowed


@pytest.mark.slow
def test_it_prints_one_address_serves_it_and_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "perfdoc", "web", str(tmp_path), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().strip()
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            page = opener.open(address).read()
        finally:
            server.send_signal(signal.SIGINT)
            out, err = server.communicate(timeout=PATIENCE)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter/[\w-]{20,}", address)
    assert b"Drop Word or Excel files" in page
    assert (server.returncode, out) == (0, "")
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = run("web", tmp_path, "--no-browser", "--port", port)
    assert (ran.code, ran.out) == (Code.usage, "")
    assert f"port {port} can't be used" in ran.err


def test_without_the_extra_one_line_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def imported(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] in ("uvicorn", "starlette") or name == "perfdoc.web.application":
            raise ImportError(name)
        return known(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", imported)
    ran = run("web", tmp_path, "--no-browser")
    assert ran.code == Code.usage
    assert ran.err == "perfdoc: perfdoc web needs the extra [web]: pip install 'perfdoc[web]'\n"


def test_without_a_terminal_the_folder_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Path] = []
    told: list[str] = []
    monkeypatch.setattr(windowed, "serve", lambda folder, *_: served.append(folder))
    monkeypatch.setattr(windowed, "_tell", told.append)
    monkeypatch.setattr(sys, "argv", ["perfdoc-web"])
    for chosen in (str(tmp_path), ""):
        monkeypatch.setattr(windowed, "_asked", lambda chosen=chosen: chosen)
        windowed.main()
    assert served == [tmp_path]
    monkeypatch.undo()
    monkeypatch.setattr(windowed, "_tell", told.append)
    monkeypatch.setattr(sys, "argv", ["perfdoc-web", str(tmp_path / "nothing")])
    windowed.main()
    assert told == [f"{tmp_path / 'nothing'}: there is no such folder"]
