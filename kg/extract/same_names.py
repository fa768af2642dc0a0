"""When two names of initiatives or awards in one article name one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from kg.extract.keys import name_key

_YEAR = re.compile(r"(?: (?:lần thứ \w+|năm nay|năm (?:19|20)\d\d|giai đoạn [\d -]+|(?:19|20)\d\d))+$")
_TITLE = "danh hiệu "
_OF = " của "
_LEAST = 3  # words that a shorter name must share with the longer one


class Named(Protocol):
    """What has a key and a name."""

    type: str
    key: str
    name: str


def initiative_key(name: str, head: str, title: str | None) -> str:
    """Key of an initiative: its title, else its name without the head noun; without the year at its end.

    >>> initiative_key("dự án Cầu Đông Hải năm 2018", "dự án", None)
    'cầu đông hải'
    """
    key = name_key(title) if title else name_key(name).removeprefix(name_key(head)).strip() or name_key(name)
    return _YEAR.sub("", key) or key


def award_key(name: str) -> str:
    """Key of an award: without "danh hiệu" and the year.

    >>> award_key("danh hiệu Anh hùng Lao động năm 2011")
    'anh hùng lao động'
    """
    key = name_key(name)
    return _YEAR.sub("", key.removeprefix(_TITLE)) or key


def issued_key(key: str, giver: str) -> str:
    """Key of an award that is named with who confers it.

    >>> issued_key("bằng khen", "Bộ Y tế")
    'bằng khen của bộ y tế'
    """
    return f"{key}{_OF}{name_key(giver)}"


def has_issuer(key: str) -> bool:
    """True for the key of an award that is named with who confers it."""
    return _OF in key


def within(nodes: Iterable[Named], type_: str, key: str, name: str) -> Named | None:
    """The node whose name holds this one word by word, or is held by it; both must begin with the same noun.

    Args:
        nodes: the article's nodes.
        type_: only nodes of this type.
        key: the key of the new name.
        name: its printed form.
    """
    words = key.split()
    noun = name_key(name).split()[:1]
    for node in nodes:
        if node.type != type_ or name_key(node.name).split()[:1] != noun:
            continue
        other = node.key.split()
        short, long = sorted((words, other), key=len)
        if len(short) >= _LEAST and any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)):
            return node
    return None
