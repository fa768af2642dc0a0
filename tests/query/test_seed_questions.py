"""From the command line to the answers: ten questions about the seed article, by named queries, on a graph built here.

Each question has one right answer, which the article states.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.app import cli
from kg.resources import resource

CITY, BODY, CHAIR = "Hà Nội", "UBND thành phố Hà Nội", "Nguyễn Đức Chung"
MOVEMENT = "Cán bộ, công chức, viên chức, người lao động thi đua thực hiện văn hóa công sở và nơi công cộng"
READINESS = "Chỉ số về mức độ sẵn sàng cho phát triển và ứng dụng công nghệ thông tin"
DIRECTIVE = (
    "Đẩy mạnh các giải pháp nhằm nâng cao các chỉ số đánh giá hiệu quả hoạt động của chính quyền thành phố Hà Nội"
)


@pytest.fixture(scope="session", params=["graph.trig", "graph.ttl"])
def seed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the seed article, with and without evidence."""
    output = tmp_path_factory.mktemp("seed")
    result = CliRunner().invoke(cli, ["build", str(resource("data", "articles")), "-o", str(output)])
    assert result.exit_code == 0, result.output
    return output / str(request.param)


@pytest.fixture
def answers(kg, seed):
    """Rows of a named query as dicts; the query itself must give no finding."""

    def ask(name: str) -> list[dict[str, str]]:
        result = kg("query", name, "--graph", str(seed), "--format", "csv")
        assert result.exit_code == 0, result.stderr
        return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))

    return ask


def test_who_chairs_the_peoples_committee(answers):
    assert [row["person"] for row in answers("post_holders") if row["organization"] == BODY] == [CHAIR]
    assert [(r["post"], r["organization"]) for r in answers("who_holds_posts") if r["person"] == CHAIR] == [
        ("Chủ tịch", BODY)
    ]


def test_the_rankings_of_the_city(answers):
    found = {(r["indicator"], r["rank"], r["out_of"], r["change"]) for r in answers("rankings") if r["subject"] == CITY}
    assert found == {
        ("Chỉ số cải cách hành chính", "3", "", "6"),
        ("Chỉ số năng lực cạnh tranh cấp tỉnh", "14", "63", "10"),
        (READINESS, "2", "", ""),
        ("số lượng hồ sơ giao dịch qua mạng", "1", "", ""),
    }


def test_what_was_launched(answers):
    assert {(r["initiative"], r["date"]) for r in answers("launches")} == {(MOVEMENT, "2019-06-08")}


def test_statistics_above_a_bound(answers):
    found = {(row["indicator"], float(row["above"])) for row in answers("strict_lower_bounds")}
    assert found == {("tỷ lệ dịch vụ công trực tuyến mức 3, 4", 62)}


def test_documents_that_he_asked_people_to_carry_out(answers):
    found = {row["document"] for row in answers("requested_documents") if row["speaker"] == CHAIR}
    assert found == {"Văn hóa công vụ", DIRECTIVE}


def test_what_was_asked_is_not_done(answers):
    asked = {row["action"] for row in answers("requested_actions")}
    assert 3 <= len(asked) <= 6
    assert not asked & {row["measure"] for row in answers("measures")}


def test_who_awarded_what_to_how_many(answers):
    assert {(r["giver"], r["award"], r["count"]) for r in answers("awards")} == {(BODY, "Bằng khen", "20")}


def test_with_whom_the_judicial_service_exchanges_data(answers):
    found = {re.sub(" Hà Nội$", "", r["partner"]) for r in answers("service_partners") if r["field"] == "tư pháp"}
    assert found == {"Bảo hiểm xã hội", "Công an thành phố"}


def test_rankings_without_a_period_have_none(answers):
    assert len(answers("undated_rankings")) == 4
    assert {row["period"] for row in answers("rankings")} == {""}


def test_measures_that_the_city_undertakes(answers):
    assert len({row["measure"] for row in answers("measures") if row["who"] == CITY}) >= 4
