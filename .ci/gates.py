"""Score gates: fails where a figure lies below its floor in `floors.toml`.

Usage: python .ci/gates.py SHARED, a folder with eval/score.py, eval/dev and seed/check_seed.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def scores(shared: Path, docs: list[str], folder: Path) -> dict[str, Any]:
    """The scorer's figures on some of the measuring texts."""
    score, dev = shared / "eval" / "score.py", shared / "eval" / "dev"
    predictions, figures = folder / "predictions.jsonl", folder / "figures.json"
    texts = [str(dev / "text" / f"{doc}.txt") for doc in docs]
    kg = [sys.executable, "-c", "from kg.cli import main; main()"]
    found = subprocess.run([*kg, "extract", *texts], stdout=subprocess.PIPE, cwd=ROOT)
    # 1 is done with findings: some of the texts may be odd, and must still be read.
    if found.returncode not in (0, 1):
        sys.exit(f"kg extract ended with {found.returncode}")
    predictions.write_bytes(found.stdout)
    gold = [str(dev / "gold"), str(dev / "text"), str(predictions)]
    subprocess.run([sys.executable, str(score), *gold, "--docs", ",".join(docs), "--json", str(figures)], check=True)
    result: dict[str, Any] = json.loads(figures.read_text(encoding="utf-8"))
    return result


def figure(result: dict[str, Any], name: str) -> float:
    """A figure by its name in `floors.toml`: "facts", "arguments.award" (F1), "status", "evidence" (shares)."""
    value = result.get(name)
    if isinstance(value, dict):
        value = value["F"]
    return float(value or 0)


def main() -> int:
    """Measure, compare, tell."""
    shared = Path(sys.argv[1]).resolve()
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
    documents = sorted(p.stem for p in (shared / "eval" / "dev" / "text").glob("*.txt"))
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for part, docs in (("seed", ["d00"]), ("press", [d for d in documents if d != "d00"])):
            print(f"\n== {part}", flush=True)
            result = scores(shared, docs, Path(folder))
            for name, floor in floors[part].items():
                reached = figure(result, name)
                print(f"{part} {name}: {reached:.3f}, floor {floor:.3f}", flush=True)
                if reached < floor:
                    failed.append(f"{part} {name}: {reached:.3f} is below {floor:.3f}")
    print("\n== questions about the seed article", flush=True)
    asked = subprocess.run([sys.executable, str(shared / "seed" / "check_seed.py"), str(ROOT / "output" / "graph.ttl")])
    if asked.returncode and floors["questions"]["all_right"]:
        failed.append("an answer about the seed article is wrong, or a forbidden fact stands")
    for line in failed:
        print(f"GATE: {line}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
