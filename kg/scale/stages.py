"""The stages after reading: which articles are there twice, what each thing is called, the quads, the ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as f
from pyspark.sql.types import ArrayType, LongType, StringType, StructField, StructType

from kg.language import Bilingual
from kg.model import Finding
from kg.pipeline import twin_finding
from kg.rdf.write import LABELS, labels_of
from kg.scale.readings import to_json

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

# One thing of more names than this is likely several that were taken for one.
MANY_NAMES = 1000

_NAMES = StructType(
    [
        StructField("node", StringType()),
        StructField("lines", ArrayType(StringType())),
        StructField("names", LongType()),
    ]
)
_COUNTED = "map<string,bigint>"
_LIVE = ["place", "number", "graph", "characters", "facts", "entities", "said", "evidence", "entry", "books"]


def twins(readings: DataFrame) -> DataFrame:
    """Articles that came before, under the same name with the same bytes: the one that one machine reads first counts.

    Only names and places are moved, not what was read.
    """
    seen = readings.where("graph IS NOT NULL").select("graph", "place", "number", "source")
    first = seen.groupBy("graph").agg(
        f.min(f.struct("place", "number", "source")).alias("first"), f.count("*").alias("times")
    )
    again = first.where("times > 1").select("graph", "first")
    return (
        seen.join(f.broadcast(again), "graph")
        .where("place != first.place OR number != first.number")
        .select("place", "number", "source", f.col("first.source").alias("first"))
    )


def live(readings: DataFrame, again: DataFrame) -> DataFrame:
    """The readings without those of `twins`."""
    found = readings.where("graph IS NOT NULL").select(*_LIVE)
    return found.join(f.broadcast(again.select("place", "number")), ["place", "number"], "left_anti")


def _term(line: Column, number: int) -> Column:
    return f.substring_index(f.substring_index(line, " ", number), " ", -1)


def _said(readings: DataFrame) -> DataFrame:
    """Each triple that an article says, as a line, with its property."""
    said = readings.select(f.explode(f.split("said", "\n")).alias("line")).where("line != ''")
    return said.withColumn("property", _term(f.col("line"), 2))


def names(spark: SparkSession, readings: DataFrame) -> DataFrame:
    """What each thing is called where all articles are one graph: its label lines, and how many names it has.

    The names are counted where they lie before they are moved, so what moves for a thing grows with the number of its
    different names, not with that of the articles that name it: a name in a million articles is one line a partition.
    """
    counted = _said(readings).where(f.col("property").isin(*LABELS)).groupBy("line").count()
    node = f.substring_index("line", " ", 1)
    by_node = counted.withColumn("node", node).repartition("node").sortWithinPartitions("node", "line")
    found = by_node.select("node", "line", "count").rdd.mapPartitions(_decided)
    return spark.createDataFrame(found, _NAMES, verifySchema=False)


def _decided(rows: Iterable[Any]) -> Iterator[tuple[str, list[str], int]]:
    """Runs on a worker: `kg.rdf.write.labels_of` for each node of a sorted partition."""
    for node, lines in groupby(rows, key=lambda row: row[0]):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        number = 0
        for _, line, count in lines:
            _, prop, value = line.split(" ", 2)
            counts[prop][value] += count
            number += 1
        yield node, sorted(" ".join(triple) for triple in labels_of(node, counts)), number


def default_graph(readings: DataFrame, named: DataFrame) -> DataFrame:
    """What all articles say, each triple once, as lines of N-Quads in their order."""
    plain = _said(readings).where(~f.col("property").isin(*LABELS)).select("line").distinct()
    labels = named.select(f.explode("lines").alias("line"))
    return plain.union(labels).orderBy("line").select(f.concat("line", f.lit(" .")).alias("value"))


def article_graphs(readings: DataFrame) -> DataFrame:
    """The articles' own graphs as lines of N-Quads: a row an article, its lines sorted. Nothing is moved."""
    lines = f.array_sort(f.split(f.concat_ws("\n", "said", "evidence"), "\n"))
    with_graph = f.transform(lines, lambda line: f.concat(line, f.lit(" "), f.col("graph"), f.lit(" .")))
    return readings.sortWithinPartitions("graph").select(f.array_join(with_graph, "\n").alias("value"))


def ledger(readings: DataFrame) -> DataFrame:
    """The ledger's entries as JSON Lines, in the order of the articles."""
    return readings.select("place", "number", "entry").orderBy("place", "number").select(f.col("entry").alias("value"))


def notes(readings: DataFrame) -> DataFrame:
    """What a store notes of the articles, as lines of N-Quads."""
    return readings.select(f.col("books").alias("value"))


def findings(spark: SparkSession, readings: DataFrame, again: DataFrame, named: DataFrame) -> DataFrame:
    """All findings as JSON Lines, in the order of the articles; those of things come last."""
    of_articles = readings.select("place", "number", f.explode("findings").alias("value"))
    of_twins = again.rdd.map(lambda t: (t[0], t[1], to_json(twin_finding(t[2], t[3]))))
    glued = (
        named.where(f.col("names") > MANY_NAMES)
        .select("node", "names")
        .rdd.map(lambda row: ("\U0010ffff", 0, to_json(_glued(row[0], row[1]))))
    )
    schema = of_articles.schema
    for more in (of_twins, glued):
        of_articles = of_articles.union(spark.createDataFrame(more, schema, verifySchema=False))
    return of_articles.orderBy("place", "number", "value").select("value")


def _glued(node: str, number: int) -> Finding:
    return Finding(
        "warning",
        node[1:-1],
        Bilingual(f"one thing with {number} names", f"một đối tượng có {number} tên"),
        Bilingual("look whether it is several things", "xem có phải nhiều đối tượng bị gộp làm một"),
    )


def totals(readings: DataFrame) -> tuple[int, int, dict[str, int], dict[str, int]]:
    """Articles, their characters, their facts by kind and their entities by type; one pass over four columns."""
    one = f.map_from_arrays(f.array(f.lit("articles"), f.lit("characters")), f.array(f.lit(1), f.col("characters")))
    named = [("facts", f.col("facts")), ("entities", f.col("entities")), ("all", one)]
    each = f.explode(
        f.array(*(f.struct(f.lit(name).alias("of"), counts.cast(_COUNTED).alias("counts")) for name, counts in named))
    )
    rows = readings.select(each.alias("one")).select("one.of", f.explode("one.counts").alias("kind", "number"))
    found: dict[str, dict[str, int]] = {"facts": {}, "entities": {}, "all": {}}
    for of, kind, number in map(tuple, rows.groupBy("of", "kind").agg(f.sum("number")).collect()):
        found[of][kind] = int(number)
    everything = found["all"]
    return everything.get("articles", 0), everything.get("characters", 0), found["facts"], found["entities"]
