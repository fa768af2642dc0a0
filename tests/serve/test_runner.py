"""Queries of several at once: shared answers, places that long ones give up, and askers who leave."""

from __future__ import annotations

import json
import shutil
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest

import kg.serve.runner as running
from kg.corpus import add
from kg.errors import QueryError
from kg.serve.runner import Gone, Runner
from kg.serve.settings import Settings
from kg.store import OxigraphStore

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HOW_MANY = "SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }"
T = TypeVar("T")
NEW_ARTICLE = "Tin trong tỉnh\n\nÔng Lê Hữu Tân, Giám đốc Sở Y tế tỉnh Phú Yên, cho biết thuốc đã về đủ.\n"


@pytest.fixture
def own(store: Path, tmp_path: Path) -> Path:
    """A store that the test may change."""
    return Path(shutil.copytree(store, tmp_path / "store"))


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The processes begun for queries, also those that stand ready."""
    found: list[Any] = []
    make = running.new_worker

    def counted() -> Any:
        found.append(make())
        return found[-1]

    monkeypatch.setattr(running, "new_worker", counted)
    return found


def in_loop(main: Callable[[], Awaitable[T]]) -> T:
    """Runs in a thread of its own: a browser of other tests may keep a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, main).result()


async def at_once(runner: Runner, times: int, ask: Callable[[], Awaitable[None]]) -> None:
    """Asks so many times at once."""
    runner.start()
    try:
        async with anyio.create_task_group() as tasks:
            for _ in range(times):
                tasks.start_soon(ask)
    finally:
        runner.stop()


def number(answer: tuple[dict[str, Any], bytes]) -> int:
    return int(json.loads(answer[1])["results"]["bindings"][0]["n"]["value"])


def test_what_several_ask_at_once_is_run_once(store: Path, begun: list[Any]) -> None:
    async def main() -> list[int]:
        runner, numbers = Runner(Settings(store, running=2)), []

        async def ask() -> None:
            numbers.append(number(await runner.run(HOW_MANY, rows="json")))

        await at_once(runner, 12, ask)
        return numbers

    assert in_loop(main) == [1] * 12
    # Two stood ready, and one took the place of the one that answered.
    assert len(begun) == 3


def test_an_answer_is_given_anew_when_the_store_has_changed(own: Path, tmp_path: Path) -> None:
    (tmp_path / "moi.txt").write_text(NEW_ARTICLE, encoding="utf-8")

    async def main() -> list[int]:
        runner, numbers = Runner(Settings(own, running=1)), []
        runner.start()
        try:
            numbers += [number(await runner.run(HOW_MANY, rows="json")) for _ in range(2)]
            await anyio.to_thread.run_sync(lambda: add([tmp_path / "moi.txt"], OxigraphStore(own)))
            numbers.append(number(await runner.run(HOW_MANY, rows="json")))
        finally:
            runner.stop()
        return numbers

    assert in_loop(main) == [1, 1, 2]


def test_a_failure_is_shared_by_all_who_asked(store: Path, begun: list[Any]) -> None:
    async def main() -> list[str]:
        runner, failures = Runner(Settings(store, running=2)), []

        async def ask() -> None:
            try:
                await runner.run("SELECT ?x { ?x oops }")
            except QueryError as error:
                failures.append(str(error.message.en))

        await at_once(runner, 5, ask)
        return failures

    failures = in_loop(main)
    assert len(failures) == 5
    assert len(set(failures)) == 1
    assert len(begun) == 3


def test_a_long_query_gives_up_its_place(store: Path) -> None:
    async def main() -> int:
        runner = Runner(Settings(store, running=1, seconds=30))
        runner.start()
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(runner.run, ENDLESS)
                await anyio.sleep(0.2)
                with anyio.fail_after(20):
                    found = number(await runner.run(HOW_MANY, rows="json"))
                tasks.cancel_scope.cancel()
            return found
        finally:
            runner.stop()

    assert in_loop(main) == 1


def test_a_query_that_nobody_waits_for_is_ended(store: Path) -> None:
    async def main() -> None:
        left = False

        async def gone() -> bool:
            return left

        runner = Runner(Settings(store, running=1, seconds=30))
        runner.start()
        try:
            with anyio.fail_after(20):
                async with anyio.create_task_group() as tasks:

                    async def ask() -> None:
                        with pytest.raises(Gone):
                            await runner.run(ENDLESS, gone=gone)

                    tasks.start_soon(ask)
                    await anyio.sleep(1)
                    left = True
            assert runner.running == 0
        finally:
            runner.stop()

    in_loop(main)
