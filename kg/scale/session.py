"""A session of Spark, and clear words where PySpark or Java is missing."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, KgError
from kg.language import Bilingual

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_FAULT = re.compile(r"(?m)^(?:pyspark\S*|kg\.\S+|\w+Error)[:.].*$|Caused by: .*$")


def ready() -> None:
    """Nothing, where Spark can be started.

    Raises:
        KgError: PySpark or Java is missing; the hint says how to install it.
    """
    try:
        import pyspark  # noqa: F401
    except ImportError as error:
        install = "pip install 'vnkg[spark]'"
        raise KgError(
            Bilingual("--engine spark needs the extra `spark` (pyspark)", "--engine spark cần gói `spark` (pyspark)"),
            Bilingual(install, install),
        ) from error
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").exists())):
        raise KgError(
            Bilingual("--engine spark needs Java 17 or later", "--engine spark cần Java 17 trở lên"),
            Bilingual(
                "apt-get install default-jre-headless, or set JAVA_HOME",
                "apt-get install default-jre-headless, hoặc đặt JAVA_HOME",
            ),
        )


def start(master: str | None = None, options: dict[str, str] | None = None) -> SparkSession:
    """The session of this process: a new one, or the one that there is (in a shell, in `spark-submit`).

    Args:
        master: address of the cluster; None: what `spark-submit` says, else all cores of this machine.
        options: settings of Spark.

    Raises:
        KgError: it cannot be started.
    """
    ready()
    from pyspark import SparkConf
    from pyspark.errors import PySparkException, PySparkRuntimeError
    from pyspark.sql import SparkSession

    known = SparkConf()
    where = master or known.get("spark.master") or "local[*]"
    builder = SparkSession.builder.appName("vnkg").master(where)
    settings = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    if where.startswith("local"):
        # This machine's name need not lead to it, and its workers have what we have.
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    for name, value in {**settings, **(options or {})}.items():
        if not known.contains(name):
            builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, PySparkRuntimeError, RuntimeError, OSError, ValueError) as error:
        raise KgError(
            Bilingual(f"Spark cannot be started: {error}", f"không khởi động được Spark: {error}"),
            Bilingual(f"see whether {where} can be reached", f"xem có kết nối được {where} không"),
        ) from error
    except Exception as error:  # what py4j raises stands under no class of its own
        raise KgError(
            Bilingual(f"Spark cannot be started: {reason(error)}", f"không khởi động được Spark: {reason(error)}"),
            Bilingual(f"see whether {where} can be reached", f"xem có kết nối được {where} không"),
        ) from error


def reason(error: BaseException) -> str:
    """What went wrong on a worker, in one line of the many that Spark tells."""
    found = _FAULT.findall(str(error))
    return (found[-1] if found else str(error).strip().partition("\n")[0])[:300]


@contextmanager
def step(spark: SparkSession, name: str, about: str) -> Iterator[None]:
    """Names what runs within, for Spark's pages and for whoever watches, and tells a failure in our words.

    Raises:
        KgError: Spark gave the step up; what was finished before it stays.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    spark.sparkContext.setJobGroup(f"vnkg-{name}", f"{name}: {about}")
    try:
        yield
    except (PySparkException, Py4JError, OSError) as error:
        raise InputError(
            Bilingual(
                f"Spark gave up at the stage {name}: {reason(error)}", f"Spark dừng ở bước {name}: {reason(error)}"
            ),
            Bilingual(
                "the same call goes on from the last finished stage",
                "gọi lại lệnh sẽ đi tiếp từ bước đã xong cuối cùng",
            ),
        ) from error
    finally:
        spark.sparkContext.setLocalProperty("spark.jobGroup.id", "")
