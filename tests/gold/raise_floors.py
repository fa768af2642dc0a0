"""Writes floors.toml anew: a floor rises to just below the present figure, and never falls."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

from kg.evaluate import REQUIRED, evaluate, load_authored, load_cases
from kg.evaluate.running import predict
from kg.evaluate.scoring import SECTIONS

HERE = Path(__file__).parent
FILE = HERE / "floors.toml"
PARTS = ("open", "heldout")
HEAD = """\
# What may not get worse; `python tests/gold/raise_floors.py` writes it. F1 per part and kind (floors only rise), and
# under [wrong] how many forbidden things each article may still be made to say (these only fall; others: none).
"""
# One fact more or less of a rare kind moves its F1 by several points: a little room for the kinds, none for the sums.
ROOM = 0.05


def down(value: float) -> float:
    return max(0.0, math.floor(value * 100 + 1e-9) / 100)


def main() -> None:
    old = tomllib.loads(FILE.read_text(encoding="utf-8"))
    text = HEAD
    wrong: dict[str, int] = {}
    for part in PARTS:
        cases = load_cases(HERE / part, HERE / part)
        predicted = predict(cases)
        result = evaluate([c.gold for c in cases], predicted)
        figures: dict[str, float] = {s: result.headline(s).tally.f1 for s in SECTIONS}
        for name, (right, matched) in (("status", result.status), ("evidence", result.evidence)):
            figures[name] = right / matched if matched else 0.0
        before = old.get(part, {})
        overall = {k: max(down(v - 0.01), before.get("all", {}).get(k, 0.0)) for k, v in figures.items()}
        text += f"\n[{part}]\nall = {{{', '.join(f'{k} = {v}' for k, v in overall.items())}}}\n"
        for kind in sorted(REQUIRED):
            floor = max(down(result.figure("facts", kind).tally.f1 - ROOM), before.get(kind, 0.0))
            text += f"{kind} = {floor}\n"
        for case in cases:
            rules = load_authored(HERE / part / f"{case.gold.doc}.toml").forbidden
            said = predicted[case.gold.doc]
            found = [
                f for f in said.facts if f.status != "negated" and any(r.said_by(f, said, case.text) for r in rules)
            ]
            admitted = old["wrong"].get(case.gold.doc, 0) if "wrong" in old else len(found)
            allowed = min(len(found), admitted)
            if allowed:
                wrong[case.gold.doc] = allowed
    text += "\n[wrong]\n" + "".join(f"{doc} = {n}\n" for doc, n in wrong.items())
    FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
