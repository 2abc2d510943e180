"""`docs/page.png`, the picture in the README: a page of the real specs as LibreOffice lays it out.

python docs/picture.py      needs LibreOffice, poppler (pdftoppm) and the Noto CJK fonts
"""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

import perfdoc

ROOT = Path(__file__).parent.parent
PAGE = 3
LEVELS = 16  # greys: enough for smooth letters, and half the size of 256
CUT = {"-r": 84, "-x": 78, "-y": 60, "-W": 536, "-H": 540}  # dots an inch, then the corner and size of the cut
FONTS = {"宋体": "Noto Serif CJK SC", "黑体": "Noto Sans CJK SC"}
"""Free fonts of the same kind, in place of those that a form names and Windows brings."""


def fonts() -> str:
    """A fontconfig file that puts the free fonts in place of the named ones."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{named}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{free}</string></edit></match>'
        for named, free in FONTS.items()
    )
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    return f'{head}<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>'


def page(word: bytes, folder: Path) -> bytes:
    """The cut of the page as a binary PGM."""
    (folder / "fonts.conf").write_text(fonts(), encoding="utf-8")
    (folder / "goals.docx").write_bytes(word)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "goals.docx"],
        cwd=folder,
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    cut = [str(word) for pair in CUT.items() for word in pair]
    command = ["pdftoppm", "-gray", "-f", str(PAGE), "-l", str(PAGE), *cut, "goals.pdf"]
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True).stdout


def png(pgm: bytes) -> bytes:
    """A PGM as a PNG of 4 bits a dot (ISO/IEC 15948)."""
    _, size, _, dots = pgm.split(b"\n", 3)
    width, height = map(int, size.split())
    lines = []
    for top in range(0, width * height, width):
        greys = [dot * LEVELS // 256 for dot in dots[top : top + width]] + [0] * (width % 2)
        lines.append(b"\0" + bytes(a << 4 | b for a, b in zip(greys[::2], greys[1::2], strict=True)))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))

    head = struct.pack(">LL5B", width, height, 4, 0, 0, 0, 0)
    packed = zlib.compress(b"".join(lines), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def main() -> None:
    """Write the picture."""
    document = perfdoc.load(ROOT / "specs/hexi-court-2023").document
    with tempfile.TemporaryDirectory() as folder:
        picture = png(page(perfdoc.render(document, perfdoc.form("tianjin")), Path(folder)))
    (ROOT / "docs/page.png").write_bytes(picture)


if __name__ == "__main__":
    main()
