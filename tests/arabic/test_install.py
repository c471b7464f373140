"""The installer checks what came; here the downloader is a small script."""

import sys

import pytest

from syriatopics.arabic.install import install_morphology
from syriatopics.errors import NotInstalledError

pytestmark = pytest.mark.needs("camel")

DATABASE = ("data", "morphology_db", "calima-msa-r13", "morphology.db")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    return tmp_path


def downloader(tmp_path, text):
    script = tmp_path / "download.py"
    script.write_text(text, encoding="utf-8")
    return [sys.executable, str(script)]


def test_what_is_there_is_not_fetched_again(folder, write_database):
    write_database(folder.joinpath(*DATABASE))
    assert install_morphology(command=["false"]).available


def test_good_data_is_installed(folder, tmp_path, write_database):
    ready = write_database(tmp_path / "ready.db")
    target = folder.joinpath(*DATABASE)
    code = (
        "import pathlib, shutil\n"
        f"t = pathlib.Path({str(target)!r}); t.parent.mkdir(parents=True)\n"
        f"shutil.copy({str(ready)!r}, t)\n"
    )
    told = []
    assert install_morphology(told.append, downloader(tmp_path, code)).available
    assert "Fetching" in told[0]


def test_an_error_page_is_removed_and_said(folder, tmp_path):
    target = folder.joinpath(*DATABASE)
    code = (
        "import pathlib\n"
        f"t = pathlib.Path({str(target)!r}); t.parent.mkdir(parents=True)\n"
        "t.write_text('<html>404</html>')\n"
    )
    with pytest.raises(NotInstalledError, match="was removed"):
        install_morphology(command=downloader(tmp_path, code))
    assert not target.exists()


def test_no_network_is_one_line(folder, tmp_path):
    code = "import sys; sys.stderr.write('Traceback\\nDownloaderError: no route'); sys.exit(1)"
    with pytest.raises(
        NotInstalledError, match="^The data did not come: DownloaderError: no route$"
    ):
        install_morphology(command=downloader(tmp_path, code))


def test_a_catalogue_that_is_an_error_page_goes(folder, tmp_path):
    (folder / "catalogue.json").write_text("<html>404</html>")
    with pytest.raises(NotInstalledError):
        install_morphology(command=downloader(tmp_path, "pass"))
    assert not (folder / "catalogue.json").exists()
