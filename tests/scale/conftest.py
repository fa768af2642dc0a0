"""A real cluster of two workers on this machine, and articles for it: good ones, bad ones, one that comes twice."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyspark
import pytest
from pyspark.sql import SparkSession

from kg.scale.session import start

# Short runs: what Java would spend on optimising itself is never earned back.
os.environ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Two workers, each a process with one core; Spark starts a killed one again."""
    session = start("local-cluster[2,1,1024]", {"spark.ui.enabled": "false", "spark.task.maxFailures": "8"})
    name = session.sparkContext.applicationId
    yield session
    session.stop()
    # Where a local cluster keeps what its workers say; it cannot be told to keep it elsewhere.
    shutil.rmtree(Path(pyspark.__file__).parent / "work" / name, ignore_errors=True)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own articles as text files and as JSON Lines, with what a real folder has besides."""
    folder = tmp_path_factory.mktemp("bài báo")
    texts = sorted((ROOT / "tests/gold/open").glob("*.txt"))
    for text in texts[:14]:
        shutil.copy(text, folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "foreign.txt").write_text("The council met on Monday and decided to build a school.\n" * 5)
    (folder / "broken.txt").write_bytes(b"\xff\xfe\x00" * 40)
    records = [json.dumps(record(text), ensure_ascii=False) for text in texts[14:]]
    lines = [*records[:4], "{not json", "", '{"title": 3}', *records[4:], records[2]]
    (folder / "more.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def record(text: Path) -> dict[str, str]:
    title, _, body = text.read_text(encoding="utf-8").partition("\n")
    return {"id": text.stem, "title": title, "body": body}
