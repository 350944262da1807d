from __future__ import annotations

from training.domain.lesson.content import cited_codes, content_of


def body(made: str) -> list[dict]:
    """A stream's raw value; the ids of its blocks begin with `made`."""
    options = [{"type": "item", "id": f"{made}-3", "value": {"text": "id", "is_right": True}}]
    return [
        {"type": "heading", "id": f"{made}-1", "value": "Why"},
        {"type": "check", "id": f"{made}-2", "value": {"clause": "REL-2", "options": options}},
        {"type": "clause", "id": f"{made}-4", "value": {"clause": "REL-1"}},
        {"type": "clause", "id": f"{made}-5", "value": {"clause": "REL-2"}},
        {"type": "video", "id": f"{made}-6", "value": {"file": 5, "captions": None}},
        {"type": "clause", "id": f"{made}-7", "value": {"clause": ""}},
    ]


def content(made: str) -> dict:
    return content_of(title="Listening", introduction="Hear.", body=body(made))


def test_content_is_the_same_whatever_the_editor_calls_its_blocks():
    assert content("a") == content("b")
    assert content("a")["body"][1] == {
        "type": "check",
        "value": {"clause": "REL-2", "options": [{"type": "item", "value": {"text": "id", "is_right": True}}]},
    }


def test_cited_codes_are_each_named_once_in_the_order_of_the_page():
    assert cited_codes(content("a")) == ["REL-2", "REL-1"]
