"""Build the try-it page: a folder that needs no network beyond its own files.

    python docs/try/build.py site/try
    python -m http.server --directory site/try

Python itself comes from the npm package ``pyodide``, the wheels beside goalmodel's own from the package index.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
PYODIDE: Final = "pyodide@314.0.7"
OF_PYODIDE: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
PAGE: Final = ("index.html", "try.css", "try.js", "answering.py")
NEEDS: Final = ("attrs", "python-dateutil", "six", "hypothesis", "sortedcontainers")


def run(*command: str, cwd: Path | None = None) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, check=True, cwd=cwd, stdout=subprocess.DEVNULL)  # noqa: S603 - the commands of this file


def wheel_of(project: Path, into: Path) -> None:
    """Build goalmodel's own wheel."""
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(into), str(project))


def build(into: Path, wheel: Path | None = None) -> None:
    """Write the page and all it needs into a folder."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("the try-it page needs npm, for the package pyodide")
    wheels = into / "wheels"
    shutil.rmtree(into, ignore_errors=True)
    wheels.mkdir(parents=True)
    for name in PAGE:
        shutil.copy(HERE / name, into / name)
    with tempfile.TemporaryDirectory() as folder:
        run(npm, "pack", "--silent", PYODIDE, cwd=Path(folder))
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
        (into / "pyodide").mkdir()
        for name in OF_PYODIDE:
            shutil.copy(Path(folder, "package", name), into / "pyodide" / name)
    if wheel is None:
        wheel_of(HERE.parents[1], wheels)
    else:
        shutil.copy(wheel, wheels)
    pip = (
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        "--dest",
        str(wheels),
    )
    run(*pip, "--platform=any", "--python-version=3.14", "--implementation=py", "--abi=none", *NEEDS)
    names = sorted(each.name for each in wheels.glob("*.whl"))
    (into / "wheels.json").write_text(json.dumps({"wheels": names}), encoding="utf-8")


def main() -> None:
    """Build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("into", type=Path)
    parser.add_argument("--wheel", type=Path, help="goalmodel's wheel; built where it is not given")
    asked = parser.parse_args()
    build(asked.into, asked.wheel)


if __name__ == "__main__":
    main()
