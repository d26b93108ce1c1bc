"""What was typed and never became an answer, in words: each input with its text. Pure."""

from collections.abc import Mapping
from typing import Any

from scoring.rules.answers import Rule

NOTE = "Ghi chú, giải trình"
WORDS = {"difficulties": "Khó khăn, vướng mắc", "proposals": "Kiến nghị, đề xuất"}
"""The two texts of a dossier."""

Typed = Mapping[str, list[str]]


def lines_of_a_score(rule: Rule[Any], typed: Typed) -> list[tuple[str, str]]:
    """Inputs of the rule with what stood in them, word for word; then the note. Blank ones not."""
    lines = []
    for field in rule.fields():
        words = dict(field.options)
        texts = [words.get(text, text) for text in typed.get(field.name, [])]
        if typed.get(f"{field.name}_none"):
            texts.append("không có mục nào đạt")
        lines.append((f"{field.label_vi[:1].upper()}{field.label_vi[1:]}", "; ".join(texts)))
    if typed.get("not_applicable"):
        lines.append(("Đề nghị", "không áp dụng"))
    lines.append((NOTE, "\n".join(typed.get("note", []))))
    return [(label, text) for label, text in lines if text]


def lines_of_a_dossier(typed: Typed) -> list[tuple[str, str]]:
    """Difficulties and proposals, word for word. Blank ones not."""
    lines = [(label, "\n".join(typed.get(name, []))) for name, label in WORDS.items()]
    return [(label, text) for label, text in lines if text]


def in_one(lines: list[tuple[str, str]]) -> str:
    """As the log keeps it."""
    return "\n".join(f"{label}: {text}" for label, text in lines)
