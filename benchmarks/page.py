"""The page beside the stock page of pyvis for the same graph, in headless Chromium without a GPU.

Usage: python benchmarks/page.py [--sizes 1000,5000,20000,100000] [--limit SECONDS] [--no-pyvis]

For each number of entities (as many facts, each with its sentence; a fifth as many articles): seconds until a click is
answered, frames a second while the drawing is dragged, size of the file, memory of the renderer. The stock page counts
as clickable when its physics has settled: before, nodes run away from the pointer. `--limit` ends the waiting.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from playwright.sync_api import Browser, Error, Page, sync_playwright

from kg.rdf.terms import PREFIXES
from kg.view import render

BASE = "https://w3id.org/vnkg/id/"
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Đức Minh Quang Thanh Hồng Ngọc Hữu Xuân".split()
GIVEN = "An Bình Chi Dũng Giang Hà Hải Hạnh Hùng Hương Khánh Lan Linh Long Mai Nam Phúc Quân Sơn Tâm Thảo Tú".split()
FRAMES = """() => new Promise((done) => {
  let n = 0; const start = performance.now();
  const step = () => {
    n++;
    const passed = performance.now() - start;
    passed < 2500 ? requestAnimationFrame(step) : done(n / passed * 1000);
  };
  requestAnimationFrame(step);
})"""


def edges(size: int) -> list[tuple[int, int]]:
    """Person to body: two thirds are people; bodies are met as unequally as in the news."""
    draw = random.Random(size)
    bodies = range(size * 2 // 3, size)
    return [(i % bodies.start, bodies[int(len(bodies) * draw.random() ** 3)]) for i in range(size)]


def name(i: int, size: int) -> str:
    """A name of a person, or of a body."""
    if i >= size * 2 // 3:
        return f"Hội đồng xã số {i}"
    return f"{FAMILY[i % 16]} {MIDDLE[i // 16 % 10]} {GIVEN[i // 160 % 22]} {i // 3520 or ''}".strip()


def quads(size: int) -> Iterator[ox.Quad]:
    """The graph, as the project writes it."""

    def term(curie: str) -> ox.NamedNode:
        prefix, _, local = curie.partition(":")
        return ox.NamedNode((BASE if prefix == "d" else PREFIXES[prefix]) + local)

    cache: dict[str, ox.NamedNode] = {}

    def say(s: str, p: str, o: Any) -> ox.Quad:
        nodes = [cache.setdefault(c, term(c)) if not c.startswith("d:") else term(c) for c in (s, p)]
        return ox.Quad(*nodes, term(o) if isinstance(o, str) else o)

    for i in range(size):
        body = i >= size * 2 // 3
        yield say(f"d:n-{i}", "rdf:type", "org:FormalOrganization" if body else "schema:Person")
        yield say(f"d:n-{i}", "skos:prefLabel", ox.Literal(name(i, size), language="vi"))
    for i in range(size // 5):
        yield say(f"d:a-{i}", "rdf:type", "schema:NewsArticle")
        yield say(f"d:a-{i}", "schema:headline", ox.Literal(f"Tin về nhân sự các xã, kỳ {i}", language="vi"))
        day = ox.Literal(f"{2010 + i % 12}-{1 + i % 9:02}-1{i % 9}", datatype=term("xsd:date"))
        yield say(f"d:a-{i}", "schema:datePublished", day)
    for i, (person, body_at) in enumerate(edges(size)):
        fact, proof = f"d:f-{i}", f"d:e-{i}"
        words = f"bà {name(person, size)}, Chủ tịch {name(body_at, size)}"
        yield say(fact, "rdf:type", "vk:PostHolding")
        yield say(fact, "vk:status", "vk:asserted")
        yield say(fact, "org:member", f"d:n-{person}")
        yield say(fact, "org:organization", f"d:n-{body_at}")
        yield say(fact, "prov:wasDerivedFrom", proof)
        yield say(proof, "oa:hasSource", f"d:a-{i % (size // 5)}")
        yield say(proof, "oa:hasSelector", f"d:s-{i}")
        yield say(f"d:s-{i}", "oa:exact", ox.Literal(words, language="vi"))
        before, after = "Tại hội nghị sáng nay, ", " cho biết các xã đã làm xong phần việc của mình trong quý."
        yield say(f"d:s-{i}", "oa:prefix", ox.Literal(before, language="vi"))
        yield say(f"d:s-{i}", "oa:suffix", ox.Literal(after, language="vi"))


def stock(size: int) -> str:
    """The page that pyvis makes of the same nodes and edges; filled directly, as add_edge is quadratic."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = [{"id": i, "label": name(i, size), "shape": "dot"} for i in range(size)]
    network.edges = [{"from": a, "to": b, "label": "Chủ tịch", "arrows": "to"} for a, b in edges(size)]
    return str(network.generate_html())


def stop(mark: str) -> None:
    """Ends the processes of our browser, which bear its mark."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "cmdline").read_text():
                os.kill(int(process.name), signal.SIGKILL)
        except OSError:
            continue


def memory(browser_args: str) -> float:
    """Megabytes of the largest renderer of our browser."""
    most = 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
            if "--type=renderer" in command and browser_args in command:
                most = max(most, int((process / "statm").read_text().split()[1]) * 4096 / 1e6)
        except OSError:
            continue
    return most


def measure(browser: Browser, file: Path, limit: float, ours: bool, mark: str) -> str:
    """A line of the table."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.goto("about:blank")  # the browser itself has started
    page.wait_for_timeout(2000)
    page.set_default_timeout(limit * 1000)
    start = time.perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-ready]") if ours else page.wait_for_function(
            "typeof network !== 'undefined' && network.physics.ready", polling=100
        )
        clicked(page, ours)
        ready = time.perf_counter() - start
        box = page.locator("#canvas" if ours else "#mynetwork").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + 40
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate(f"window.frames_ = ({FRAMES})()")
        end = time.perf_counter() + 2.5
        turn = 0
        while time.perf_counter() < end:
            turn += 1
            page.mouse.move(x + turn % 40 * 5, y + turn % 23 * 6)
        frames = page.evaluate("window.frames_")
        page.mouse.up()
        return f"{ready:6.1f} s {frames:6.0f}/s {file.stat().st_size / 1e6:7.1f} MB {memory(mark):7.0f} MB"
    except (Error, AssertionError):
        return f"not after {limit:.0f} s      {file.stat().st_size / 1e6:7.1f} MB {memory(mark):7.0f} MB"


def clicked(page: Page, ours: bool) -> None:
    """A click that is answered."""
    if ours:
        at = page.evaluate("window.kgView.onScreen(window.kgView.nodes()[0])")
        page.mouse.click(at["x"], at["y"])
        page.wait_for_selector("body.chosen")
        page.keyboard.press("Escape")
    else:
        page.evaluate("network.selectNodes([0])")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,5000,20000,100000")
    parser.add_argument("--limit", type=float, default=150)
    parser.add_argument("--no-pyvis", action="store_true")
    given = parser.parse_args()
    chromium = next(p for n in ("chromium", "google-chrome") if (p := shutil.which(n)))
    print("nodes     page    clickable  panning    file       memory    made in")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for size in map(int, given.sizes.split(",")):
            for ours in (True, False):
                if not ours and given.no_pyvis:
                    continue
                start = time.perf_counter()
                file = Path(folder) / "page.html"
                file.write_text(render(quads(size)) if ours else stock(size), encoding="utf-8")
                made = time.perf_counter() - start
                mark = f"--user-agent=kg-{size}-{ours}"
                browser = playwright.chromium.launch(
                    executable_path=chromium,
                    args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", mark],
                )
                line = measure(browser, file, given.limit, ours, mark)
                stop(mark)  # a page that is busy with physics does not close when it is asked to
                print(f"{size:7}  {'ours ' if ours else 'pyvis'}  {line}  {made:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
