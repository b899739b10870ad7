"""The JSON in the documents is what the program takes."""

import re
from pathlib import Path

from studio_app.planning.planner.graph import parsed_graph
from studio_app.planning.planner.segments.groups import grouped
from studio_app.planning.planner.segments.request import SegmentResponse, parsed_request

DOCS = Path(__file__).parents[3] / "docs"


def blocks(name: str) -> list[str]:
    return re.findall(r"```json\n(.*?)```", (DOCS / name).read_text("utf-8"), re.DOTALL)


def test_the_scene_graph_of_the_documents_is_one() -> None:
    (graph,) = blocks("storyboards.md")
    assert [one.transition for one in parsed_graph(graph).scenes] == [None, "fade"]


def test_the_request_and_the_answer_of_the_documents_are_of_the_contract() -> None:
    request, answer = blocks("engines.md")
    (segment,) = grouped(parsed_request(request))
    assert segment.file_name == "segment_1_1.mp4"
    assert SegmentResponse.model_validate_json(answer).failed_segments[0].error == "provider_pending"
