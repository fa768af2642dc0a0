"""Extraction on one core, beside underthesea's named-entity tagger in the same run.

    python benchmarks/speed.py                                      a sample made of the project's own articles
    python benchmarks/speed.py --corpus articles.jsonl.gz           JSON objects with title, lead and body, one a line
    python benchmarks/speed.py --corpus folder                      *.txt files
    python benchmarks/speed.py --tagger-python other/bin/python     underthesea lies in another environment
    python benchmarks/speed.py --no-tagger                          ours alone

Each program runs in a process of its own, on one core, and is timed in CPU seconds, so that a busy machine matters
little. Ours reads characters, extracts all facts, and gives the reading; loading the rules is timed apart. The tagger
is given the same articles sentence by sentence (its time grows with the square of what it is given), and finds
entities only. Peak memory is the whole process's. The tagger comes with `pip install 'vnkg[bench]'`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OWN = ("data/articles", "tests/gold/open")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")

# Run by the tagger's interpreter, which need not have this project.
TAGGER = """
import json, re, resource, sys, time
from pathlib import Path
from underthesea import ner
articles = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
ner("Hà Nội")
begin = time.process_time()
for article in articles:
    for sentence in article:
        ner(sentence)
seconds = time.process_time() - begin
print(json.dumps({"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
"""
TAGGER_THERE = "import importlib.util, sys; sys.exit(importlib.util.find_spec('underthesea') is None)"


def own_sample(count: int) -> list[str]:
    """`count` articles of usual length made of the project's own: four mixed, other figures. Always the same."""
    texts = [f.read_text(encoding="utf-8") for folder in OWN for f in sorted((ROOT / folder).glob("*.txt"))]
    made = []
    for n in range(count):
        chance = random.Random(n)
        head, *paragraphs = "\n\n".join(texts[(n + k) % len(texts)] for k in range(4)).split("\n\n")
        chance.shuffle(paragraphs)
        text = "\n\n".join([head, *paragraphs])
        made.append(re.sub(r"[1-9](?=\d)", lambda _, chance=chance: str(chance.randint(1, 9)), text))
    return made


def corpus(path: Path, count: int) -> list[str]:
    """The first articles of a folder of *.txt, or of a JSON Lines file (compressed or not)."""
    if path.is_dir():
        return [f.read_text(encoding="utf-8") for f in sorted(path.glob("*.txt"))[:count]]
    texts: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            texts.append("\n\n".join(str(article[k]) for k in ("title", "lead", "body", "text") if article.get(k)))
            if len(texts) == count:
                break
    return texts


def ours(file: Path) -> dict[str, float]:
    """Time and memory of our extraction over the articles in `file`; run in a process of its own."""
    import resource
    import time

    begin = time.process_time()
    from kg.extract.article import read_article
    from kg.read import document

    read_article(document("Hà Nội"))
    ready = time.process_time()
    facts = 0
    for n, text in enumerate(json.loads(file.read_text(encoding="utf-8"))):
        facts += len(read_article(document(text, str(n))).facts)
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"start": ready - begin, "seconds": done - ready, "peak": peak, "facts": facts}


def run(command: list[str]) -> dict[str, float]:
    """The figures that a program prints as its last line."""
    one_core = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    found = subprocess.run(command, stdout=subprocess.PIPE, env={**os.environ, **one_core}, check=True, text=True)
    figures: dict[str, float] = json.loads(found.stdout.splitlines()[-1])
    return figures


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a folder of *.txt, or JSON Lines (.jsonl, .jsonl.gz)")
    parser.add_argument("--count", type=int, default=500, help="articles for ours (500)")
    parser.add_argument("--tagger-count", type=int, default=50, help="of these, articles for the tagger too (50)")
    parser.add_argument("--tagger-python", default=sys.executable, help="interpreter that has underthesea")
    parser.add_argument("--no-tagger", action="store_true", help="ours alone")
    parser.add_argument("--json", type=Path, help="write the figures to a file, too")
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ours:
        print(json.dumps(ours(chosen.ours)))
        return 0
    if not chosen.no_tagger and subprocess.run([chosen.tagger_python, "-c", TAGGER_THERE]).returncode:
        sys.exit(f"{chosen.tagger_python} has no underthesea: pip install 'vnkg[bench]', or --no-tagger")
    texts = corpus(chosen.corpus, chosen.count) if chosen.corpus else own_sample(chosen.count)
    if not texts:
        sys.exit(f"{chosen.corpus}: no article")
    report(measure(texts, chosen), chosen.json)
    return 0


def measure(texts: list[str], chosen: argparse.Namespace) -> dict[str, Any]:
    """All figures of one run."""
    characters = sum(map(len, texts))
    few = texts[: chosen.tagger_count]
    with tempfile.TemporaryDirectory() as folder:
        every, some, sentences = (Path(folder) / n for n in ("every.json", "some.json", "sentences.json"))
        every.write_text(json.dumps(texts), encoding="utf-8")
        some.write_text(json.dumps(few), encoding="utf-8")
        cut = [[s for s in _SENTENCE.split(text) if s.strip()] for text in few]
        sentences.write_text(json.dumps(cut), encoding="utf-8")
        this = [sys.executable, str(Path(__file__).resolve()), "--ours"]
        figures: dict[str, Any] = {"articles": len(texts), "characters": characters, "ours": run([*this, str(every)])}
        if not chosen.no_tagger:
            figures["same_articles"] = {
                "articles": len(few),
                "characters": sum(map(len, few)),
                "ours": run([*this, str(some)]),
                "tagger": run([chosen.tagger_python, "-c", TAGGER, str(sentences)]),
            }
    return figures


def report(figures: dict[str, Any], target: Path | None) -> None:
    """Print the figures for people; write them as JSON where a file is named."""

    def line(name: str, articles: int, characters: int, part: dict[str, float]) -> str:
        seconds = part["seconds"]
        rates = f"{articles / seconds:10,.1f} articles/s {characters / seconds:12,.0f} characters/s"
        return f"{name:28} {rates} {part['peak'] / 1e6:8,.0f} MB at most"

    whole = figures["ours"]
    print(f"{figures['articles']} articles, {figures['characters'] / figures['articles']:,.0f} characters on average")
    print(line("kg extract, one core", figures["articles"], figures["characters"], whole))
    print(f"{'':28} {whole['facts']:,.0f} facts; loading the rules {whole['start']:.2f} s")
    if same := figures.get("same_articles"):
        print(f"the first {same['articles']} of them:")
        print(line("kg extract", same["articles"], same["characters"], same["ours"]))
        print(line("underthesea ner", same["articles"], same["characters"], same["tagger"]))
        figures["ratio"] = same["tagger"]["seconds"] / same["ours"]["seconds"]
        print(f"ratio: {figures['ratio']:,.0f} times as fast")
    if target:
        target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
