"""The kernel on Spark: the same rows as on one machine."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from auditor.activity.kernel import summarise
from auditor.activity.partial import Origin, Partial
from benchmarks.log_files import write_logs

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pyspark = pytest.importorskip("pyspark.sql", reason="the extra 'spark' is not installed")
pytestmark = [
    pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java"),
    pytest.mark.filterwarnings("default"),  # Spark's own
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some files of a trail, one of them broken off."""
    folder = tmp_path_factory.mktemp("trail")
    *_, last = write_logs(folder, files=3, events=100, seed=5)
    last.write_bytes(last.read_bytes()[:-1000])
    return folder


@pytest.fixture(scope="module")
def local(folder: Path) -> list[Partial]:
    """What the kernel says of each file on one machine."""
    return [
        summarise(
            Origin(kind="cloudtrail", source="trail", name=path.as_uri().replace("///", "/", 1)),
            path.read_bytes(),
            hash_inflated=True,
        )
        for path in sorted(folder.rglob("*.json.gz"))
    ]


@pytest.fixture(scope="module")
def spark() -> Iterator["SparkSession"]:
    """A Spark on this machine, whose workers run the Python of the tests."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    session = (
        pyspark.SparkSession.builder.master("local[1]")
        # Starting takes longer than the work: no second compiler, and one task for all files.
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.files.openCostInBytes", "0")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    yield session
    session.stop()
    patch.undo()


def test_spark_and_one_machine_find_the_same(
    spark: "SparkSession", folder: Path, local: list[Partial]
) -> None:
    """Rows, events, what was malformed, and the hashes are equal, damaged file included."""
    from auditor.activity.spark import counts, summaries  # noqa: PLC0415

    files = (
        spark.read.format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.json.gz")
        .load(str(folder))
    )
    found = sorted(tuple(row) for row in summaries(files, "cloudtrail", "trail").collect())
    assert found == sorted(row for partial in local for row in partial.rows)
    counted = sorted(tuple(row)[1:] for row in counts(files, "cloudtrail", "trail").collect())
    assert counted == sorted(
        (p.sha256, p.inflated_sha256, p.first, p.last, p.events, p.malformed) for p in local
    )
    assert sum(partial.malformed for partial in local) > 0
