"""The command as a whole: help, start, exit codes, interruption, broken pipes; and the package's own door."""

from __future__ import annotations

import os
import re
import runpy
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from checkout import ROOT
from cli_support import folder, run, start
from waiting import PATIENCE

import perfdoc
from perfdoc.cli.program import VERBS, program

PARSED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_is_the_package_s() -> None:
    assert run("--version").out == f"perfdoc, version {PARSED['project']['version']}\n"


def test_help_lists_the_verbs_in_the_order_of_work() -> None:
    text = run("--help").out
    assert re.findall(r"^  (\w+)  ", text.partition("Commands:")[2].partition("Examples:")[0], re.M) == list(VERBS)
    assert run("-h").out == text
    assert max(map(len, text.splitlines())) <= 100
    assert run().code == 2


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself_with_examples(verb: str) -> None:
    text = run(verb, "--help").out
    assert max(map(len, text.splitlines())) <= 100
    examples = [line.split()[1:] for line in text.splitlines() if line.startswith("    perfdoc ")]
    assert len(examples) >= 3 or "| perfdoc" in text
    command = program.get_command(click.Context(program), verb)
    assert command is not None
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    for words in examples:
        assert words[0] == verb
        options = {word for word in words if re.fullmatch(r"--?[a-z][a-z-]*", word) and word != "-1"}
        own = {option for option in options if option not in {"-S"}}
        assert own <= known, f"{words} uses an option that {verb} does not have"


def test_options_say_what_they_do() -> None:
    for verb in VERBS:
        command = program.get_command(click.Context(program), verb)
        assert command is not None
        assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_a_verb_that_is_not_there() -> None:
    ran = run("rendr", "x")
    assert ran.code == 2
    assert "Did you mean 'render'?" in ran.err
    assert run("zzz").code == 2
    assert run("render").code == 2
    assert run("render", "--nonsense", "x").code == 2
    assert run("import", "x.docx").code == 2


def test_usage_under_json_is_an_object_like_any_other() -> None:
    ran = run("import", "--format", "json", "x.docx")
    assert ran.code == 2
    assert ran.found()[0]["code"] == "usage"


def unmeasured() -> dict[str, str]:
    """The environment without what makes a new process measure its coverage, which imports much itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def imported(*args: str) -> set[str]:
    """The modules that a command imports."""
    script = (
        "import sys\nsys.argv[1:] = " + repr(list(args)) + "\n"
        "try:\n    from perfdoc.cli import main; main()\nexcept SystemExit: pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=unmeasured(), timeout=PATIENCE
    )
    return set(done.stderr.split())


HEAVY = {"docx", "docxtpl", "jinja2", "lxml", "openpyxl", "pydantic", "pypdf", "yaml", "asyncio"}
HEAVY |= {"markupsafe", "ruamel", "sqlite3", "xlrd"}


def test_start_is_light(tmp_path: Path) -> None:
    assert not imported("--version") & HEAVY
    for args in (["--help"], ["render", "--help"]):
        assert imported(*args) & HEAVY == {"yaml"}  # which reads its texts
    for args in (["--version"], ["--help"], ["no-such-verb"]):
        assert not {name for name in imported(*args) if name.startswith("perfdoc.cli.verbs.")}
    modules = imported("fmt", "--check", str(folder(tmp_path / "a")))
    assert modules & HEAVY <= {"yaml", "pydantic", "asyncio"}  # which pydantic imports
    assert {"yaml", "pydantic"} <= modules


def test_a_verb_imports_no_other_verb() -> None:
    folder_of_verbs = ROOT / "perfdoc/cli/verbs"
    for file in folder_of_verbs.rglob("*.py"):
        own = file.relative_to(folder_of_verbs).parts[0].removesuffix(".py")
        named = re.findall(r"from perfdoc\.cli\.verbs\.(\w+)", file.read_text(encoding="utf-8"))
        assert set(named) <= {own}, f"{file.name} imports another verb"


def test_import_of_the_package_is_light() -> None:
    script = f"import sys, perfdoc; print(sorted(m for m in sys.modules if m.partition('.')[0] in {HEAVY!r}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=unmeasured(), check=True)
    assert done.stdout == "[]\n"


def test_every_public_name_is_there() -> None:
    assert set(perfdoc.__all__) <= set(dir(perfdoc))
    for name in perfdoc.__all__:
        assert getattr(perfdoc, name) is not None
    assert perfdoc.__version__ == PARSED["project"]["version"]
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = perfdoc.nothing  # type: ignore[attr-defined]


def test_the_public_names_are_the_table_s() -> None:
    typed = re.findall(r"import (\w+) as \1$", (ROOT / "perfdoc" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    assert {"__version__", *typed} == {*perfdoc.__all__}, "type checkers know the same names"
    modules = {
        file.stem for file in (ROOT / "perfdoc").iterdir() if file.suffix == ".py" or (file / "__init__.py").exists()
    }
    assert not modules & {*perfdoc.__all__}, "a module hides a public name as soon as something imports it"


@pytest.mark.slow
def test_public_names_and_parts_are_the_same_whatever_was_imported_first(tmp_path: Path) -> None:
    script = (
        "import perfdoc.reading, perfdoc.rendering, perfdoc.extraction, perfdoc.form_definition, perfdoc\n"
        "from perfdoc import read, render, extract, form, load, faults\n"
        f"reading = load({str(folder(tmp_path / 'a'))!r})\n"
        "assert not faults(reading, form('tianjin'))\n"
        "data = perfdoc.render(reading.document, form('tianjin'))\n"
        "assert data == render(reading.document, perfdoc.form('tianjin'))\n"
        "assert perfdoc.extract(read(data, 'a.docx')).document == form('tianjin').normal(reading.document)\n"
        "assert perfdoc.specs.load is load\n"
    )
    for first in ("", "import perfdoc\nperfdoc.read, perfdoc.form, perfdoc.specs\n"):
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", first + script], capture_output=True, text=True, env=env)
        assert done.returncode == 0, done.stderr


def test_python_m_perfdoc_runs_anywhere(tmp_path: Path) -> None:
    done = start("--version", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert start("render", "none", cwd=tmp_path).returncode == 3


def test_a_bug_is_one_line_and_code_70(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **named: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr("perfdoc.cli.verbs.render.group.form_taken", broken)
    good = folder(tmp_path / "a")
    ran = run("render", good, tmp_path / "none", "--out-dir", tmp_path / "out")
    assert ran.code == 70
    assert "bug of perfdoc" in ran.err
    assert ran.err.count("\n") == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "perfdoc", "fmt", "-"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, env=env, text=True) as process:
        assert process.stdin is not None
        process.stdin.write("#" * 2**20)  # more than a pipe holds: once it is written, the command reads
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err.strip()) == (130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_goes_away_is_no_error() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "perfdoc", "schema"]
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, env=env, timeout=PATIENCE)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["--help"], ["explain"], ["summary", "SPECS", "--format", "xlsx"]])
def test_a_full_disk_behind_stdout_is_said(args: list[str], tmp_path: Path) -> None:
    words = [str(folder(tmp_path / "a")) if word == "SPECS" else word for word in args]
    command = [sys.executable, "-m", "perfdoc", *words]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=unmeasured() | {"LANG": "C"}, timeout=PATIENCE
        )
    assert done.returncode == 2
    assert done.stderr.decode().endswith("perfdoc: <stdout>: can't be written (No space left on device)\n")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (BrokenPipeError(32, "Broken pipe"), 141)])
def test_what_ends_a_run_from_outside(monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int) -> None:
    def end(*args: object) -> str:
        raise error

    monkeypatch.setattr("perfdoc.specs.schema_text", end)
    ran = run("schema", "--format", "json")
    assert ran.code == code
    assert ran.err.split() == ["[]"]


def test_the_module_runs_as_a_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["perfdoc", "--version"])
    monkeypatch.setattr("perfdoc.jobs.limits.RETIRE_AT", 2**60)  # these tests' own process may be large
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("perfdoc", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"perfdoc, version {perfdoc.__version__}\n"


def test_a_process_that_became_large_ends_at_once(tmp_path: Path) -> None:
    """Its code and its words are the same; only what it holds is not freed piece by piece."""
    code = """
import atexit, sys
import perfdoc.jobs.limits as limits
from perfdoc.cli import main
limits.RETIRE_AT = int(sys.argv.pop(1))
atexit.register(print, "at leisure")
main()
"""
    for retire, leisure in (("1000000000000", "at leisure\n"), ("1", "")):
        for args, ended in ((["--version"], 0), (["fmt", "no.yaml"], 3)):
            command = [sys.executable, "-c", code, retire, *args]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE)
            assert done.returncode == ended
            said = f"perfdoc, version {perfdoc.__version__}\n" if not ended else ""
            assert done.stdout == said + leisure
            assert bool(done.stderr) is bool(ended)


def test_a_terminal_of_another_encoding_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "绩效.yaml").write_text("name: x\nbad: 1\n", encoding="utf-8")
    for encoding in ("ascii", "cp1252", "gbk"):
        done = start("fmt", "--check", tmp_path / "绩效.yaml", env={"PYTHONIOENCODING": f"{encoding}:strict"})
        assert done.returncode == 3
        assert "Traceback" not in done.stderr
