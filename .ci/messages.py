"""Message catalogues: `check` that they hold what the sources say, or `update` them.

English is the language of the sources: its catalogue (texts empty) is the list translators start from.
"""

from __future__ import annotations

import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCALES = Path("locale")
SOURCES = ["*.py", "*.html", "*.txt"]
MAKEMESSAGES = ["--no-wrap", "--no-obsolete", "--add-location", "file", "--verbosity", "0"]
ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural) (".*"(?:\n".*")*)', re.MULTILINE)
DATE = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)


def languages(root: Path) -> list[str]:
    return sorted({path.parts[-3] for path in (root / LOCALES).glob("*/LC_MESSAGES/django.po")} | {"en"})


def extract(root: Path) -> None:
    """Bring the catalogues under `root` up to date with the sources there."""
    (root / LOCALES).mkdir(exist_ok=True)
    wanted = [option for language in languages(root) for option in ("--locale", language)]
    ignored = [option for folder in (".venv", "static", "tests") for option in ("--ignore", folder)]
    without_settings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", *wanted, *ignored, *MAKEMESSAGES],
        cwd=root,
        env=without_settings,
        check=True,
    )


def compiled(catalogue: Path) -> bytes:
    return subprocess.run(["msgfmt", "--check", "-o", "-", catalogue], capture_output=True, check=True).stdout


def copy_sources(target: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *SOURCES, "*.po"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("requirements"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


def identifiers(catalogue: Path) -> set[str]:
    """The texts to translate in a catalogue, each with its context and plural."""
    if not catalogue.exists():
        return set()
    return {
        "\n".join(match.group(0) for match in ENTRY.finditer(block))
        for block in catalogue.read_text(encoding="utf-8").split("\n\n")
        if not block.startswith("#~") and 'msgid ""\nmsgstr' not in block
    } - {""}


def faults() -> list[str]:
    found = []
    with tempfile.TemporaryDirectory(prefix="piawai-messages-") as folder:
        copy = Path(folder)
        copy_sources(copy)
        extract(copy)
        for language in languages(ROOT):
            name = LOCALES / language / "LC_MESSAGES" / "django.po"
            here, fresh = identifiers(ROOT / name), identifiers(copy / name)
            found += [f"{name} lacks {entry}" for entry in sorted(fresh - here)]
            found += [f"{name} still has {entry}" for entry in sorted(here - fresh)]
    for catalogue in sorted((ROOT / LOCALES).glob("*/LC_MESSAGES/django.po")):
        binary = catalogue.with_suffix(".mo")
        if not binary.exists() or texts(binary.read_bytes()) != texts(compiled(catalogue)):
            found.append(f"{binary.relative_to(ROOT)} is not compiled from its .po")
    return found


def texts(binary: bytes) -> dict[object, str]:
    """What a compiled catalogue says, without its header (which names the tool and the date)."""
    with tempfile.TemporaryFile() as file:
        file.write(binary)
        file.seek(0)
        catalogue = dict(gettext.GNUTranslations(file)._catalog)
    catalogue.pop("", None)
    return catalogue


def update() -> None:
    extract(ROOT)
    for catalogue in (ROOT / LOCALES).glob("*/LC_MESSAGES/django.po"):
        # Without the date, an update that changes no text changes no file.
        catalogue.write_text(DATE.sub("", catalogue.read_text(encoding="utf-8")), encoding="utf-8")
        catalogue.with_suffix(".mo").write_bytes(compiled(catalogue))


def main() -> int:
    if sys.argv[1:] == ["update"]:
        update()
        return 0
    found = faults()
    if found:
        print("\n".join(found[:20]))
        print(f"{len(found)} differences. Run: make messages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
