"""How quick are encoders, what do they hold, and what does a second run take?

Paragraphs of news, one thread, each encoder in a process of its own: loading, passages a processor second,
memory at most. "20,000 passages" and "100,000 articles" (one vector each, of the first 80 words) are projected
from them to two cores. The second run finds 20,000 planted vectors on the disk. Where others use the
machine too, two threads of one core get less of it each, and a processor second is worth less.
"""

import json
import subprocess
import sys

from benchmarks._data import folder, table

N = 320
ENGINES = ("package", "torch")


def code(engine, words):
    return f"""
import json, resource, time
from benchmarks._data import news
from syriatopics.encoders import E5, prepared
began, used = time.perf_counter(), time.process_time()
encoder = E5(engine={engine!r})
encoder.encode(["سوريا"])
load, load_cpu = time.perf_counter() - began, time.process_time() - used
words = [prepared(text).split() for text in news(4)[0]]
texts = sorted((" ".join(part[:{words}]) for part in words if len(part) >= {words}), key=len)[:{N}]
used = time.process_time()
for start in range(0, len(texts), 16):
    encoder.encode(texts[start : start + 16])
used = time.process_time() - used
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
print("FOUND" + json.dumps([load, load_cpu, len(texts) / used, memory]))
"""


KEPT = """
import json, random, tempfile, time
import numpy as np
from syriatopics.encoders import encode_texts
class Planted:
    name, fingerprint, window = "planted", "planted", 180
    def encode(self, texts):
        assert self.asked, "everything is on the disk"
        return np.random.default_rng(len(texts)).normal(size=(len(texts), 384)).astype(np.float32)
planted = Planted()
chooser = random.Random(0)
words = ["".join(chooser.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=5)) for _ in range(20_000)]
texts = [" ".join(chooser.choices(words, k=chooser.randint(30, 90))) for _ in range(20_000)]
with tempfile.TemporaryDirectory() as kept:
    planted.asked = True
    first = encode_texts(planted, texts, cache=kept)
    planted.asked = False
    began, used = time.perf_counter(), time.process_time()
    again = encode_texts(planted, texts, cache=kept)
    assert (first == again).all()
    print("FOUND" + json.dumps([time.perf_counter() - began, time.process_time() - used]))
"""


def found(program):
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("FOUND")]
    return json.loads(line.removeprefix("FOUND"))


def minutes(n, speed):
    return f"{n / speed / 2 / 60:.0f}"


def main():
    if folder() is None:
        return "encoders_speed: news is needed; name its folder with --data.\n"
    rows = []
    for engine in ENGINES:
        for words in (40, 80):
            load, load_cpu, speed, memory = found(code(engine, words))
            passages, articles = (
                minutes(20_000, speed),
                minutes(100_000, speed) if words == 80 else "–",
            )
            rows.append(
                (f"e5, {engine}", words, f"{load:.1f} ({load_cpu:.1f})", f"{speed:.1f}", f"{memory:,.0f}",
                 passages, articles)
            )  # fmt: skip
            print(*rows[-1], flush=True)
    wall, used = found(KEPT)
    header = ("encoder", "words", "loading, s (processor)", "passages a processor second", "MB",
              "20,000 passages, min on 2 cores", "100,000 articles, min on 2 cores")  # fmt: skip
    return (
        f"# Speed of encoders\n\n{__doc__}\n{table(header, rows)}\n\n"
        f"20,000 vectors from the disk: {wall:.1f} s, of these {used:.1f} s of the processor.\n\n"
        "Made by `python -m benchmarks --data FOLDER encoders_speed`.\n"
    )
