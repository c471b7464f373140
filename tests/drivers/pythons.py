"""Other Pythons of this machine, each with the package in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["PYTHONS", "environment", "find_python"]

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11", "3.12", "3.13")


def find_python(version: str) -> str | None:
    """Find an interpreter; a shim that selects none answers with an error and is passed over."""
    homes = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"]
    tried = [*(str(p) for h in homes for p in sorted(h.glob(f"{version}.*/bin/python3"))),
             shutil.which(f"python{version}")]  # fmt: skip
    for python in tried:
        if (
            python
            and subprocess.run([python, "-c", "import venv"], capture_output=True).returncode == 0
        ):
            return python
    return None


def environment(version: str, home: Path, extras: str = "") -> str:
    """Make an environment, or bring one up to date, and return its interpreter.

    Parameters
    ----------
    version : str
        One of `PYTHONS`.
    home : Path
    extras : str
        Of the package, with commas between them. Versions are those of the lock.

    Raises
    ------
    LookupError
        If there is no such Python, or the package cannot be installed; one line says why.
    """
    base = find_python(version)
    if base is None:
        raise LookupError(f"Python {version}: not found")
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([base, "-m", "venv", str(home)], check=True)
    wanted = [f"{ROOT}[{extras}]" if extras else str(ROOT), "-c", str(ROOT / "requirements.lock")]
    uv = Path(sys.executable).with_name("uv")
    quick = [[str(uv), "pip", "install", "--python", str(python)]] if uv.is_file() else []
    links = {"UV_FIND_LINKS": os.environ.get("PIP_FIND_LINKS", ""), "UV_PYTHON_DOWNLOADS": "never"}
    for install in [*quick, [str(python), "-m", "pip", "install"]]:
        done = subprocess.run(
            [*install, "--quiet", "-e", *wanted],
            capture_output=True, text=True, env={**os.environ, **links},
        )  # fmt: skip
        if done.returncode == 0:
            return str(python)
    said = (done.stderr.strip() or "no message").splitlines()[-1]
    raise LookupError(f"Python {version}: {said[:200]}")
