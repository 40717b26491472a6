"""Chromium without a window: a folder is served, a page of it opened, and what the page wrote down is read."""

from __future__ import annotations

import functools
import html
import json
import re
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NPM: Final = shutil.which("npm")


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Generator[str]:
    """Serve a folder to this machine alone, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def told(address: str, *, seconds: int) -> Any:  # noqa: ANN401 - what the page tells
    """Open a page, and return the JSON it writes into its element ``told``."""
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--virtual-time-budget={seconds * 1000}",
        "--dump-dom", address,
    ]  # fmt: skip
    page = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout  # noqa: S603 - a browser
    found = re.search(r'<pre id="told">(.*?)</pre>', page, re.DOTALL)
    assert found is not None
    assert found[1], page[-500:]
    return json.loads(html.unescape(found[1]))


def from_npm(package: str, file: str, into: Path) -> None:
    """Fetch a package of npm, and put one of its files into a folder."""
    subprocess.run([str(NPM), "pack", "--silent", package], check=True, cwd=into, stdout=subprocess.DEVNULL)  # noqa: S603 - npm
    with tarfile.open(next(into.glob("*.tgz"))) as packed:
        member = packed.extractfile(f"package/{file}")
        assert member is not None
        (into / Path(file).name).write_bytes(member.read())
