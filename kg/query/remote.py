"""Questions to a store behind a SPARQL endpoint: checked here, answered there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kg.errors import InputError
from kg.query.diagnose import Problem, syntax_problem
from kg.query.guard import Parsed, inspect, normalise
from kg.query.messages import say
from kg.query.vocabulary import known_terms, prefixes, unknown_terms
from kg.store.place import Address

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_TRUTHS = {"1": "true", "0": "false"}


class Refused(Exception):
    """A query that is not sent."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def call_remote(query: str, address: Address, seconds: float) -> tuple[dict[str, Any], bytes]:
    """What a worker would say of a query (see `kg.query.worker`), and the result.

    Raises:
        Refused: the query is wrong or forbidden; nothing was sent.
        InputError: the server cannot be reached or refuses.
        TimeoutError: it did not answer in time.
    """
    import httpx

    from kg.store.remote import RemoteStore, remote_base

    text = normalise(query)
    if isinstance(text, Problem):
        raise Refused(text)
    names = prefixes()
    parsed = inspect(text, names)
    wrong = parsed if isinstance(parsed, Problem) else syntax_problem(text, names)
    if wrong is not None or not isinstance(parsed, Parsed):
        raise Refused(wrong or Problem("unchecked"))
    store = RemoteStore(address, remote_base(address), read_only=True)
    names = prefixes(store.base)
    foreign = [g for g in parsed.graphs if not store.holds_graph(g)]
    if foreign:
        raise Refused(Problem("from", None, {"found": foreign[0]}, "from"))
    # A dataset of the query itself stands; the protocol's would be above it.
    dataset = [] if parsed.graphs else store.dataset
    declared = " ".join(f"PREFIX {name}: <{space}>" for name, space in names.items())
    accept = "application/n-triples" if parsed.form in ("construct", "describe") else "application/sparql-results+json"
    try:
        body = store.endpoint.raw(f"{declared}\n{text}", accept, dataset, seconds)
    except InputError as error:
        if isinstance(error.__cause__, httpx.TimeoutException):
            raise TimeoutError from error
        raise
    terms = unknown_terms(parsed.terms, _present(set(parsed.terms) - known_terms(), store.endpoint))
    head = {"form": parsed.form, "ordered": parsed.ordered, "terms": terms, "variables": parsed.variables}
    if parsed.form in ("construct", "describe"):
        return head, body
    return head, _plain(body, parsed.form)


def _present(terms: Iterable[str], endpoint: Any) -> set[str]:
    return {t for t in terms if endpoint.ask(f"ASK {{ {{ ?s <{t}> ?o }} UNION {{ ?s {_TYPE} <{t}> }} }}")}


def _plain(body: bytes, form: str) -> bytes:
    """The answer as the W3C has it: Virtuoso gives truths as numbers, and the answer to ASK as a table."""
    from kg.store.endpoint import truth

    try:
        found = json.loads(body)
        if form == "ask":
            return json.dumps({"head": {}, "boolean": truth(found)}).encode()
        for row in found["results"]["bindings"]:
            for cell in row.values():
                if cell.get("datatype") == _BOOLEAN:
                    cell["value"] = _TRUTHS.get(cell["value"], cell["value"])
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(say("died", reason="JSON")) from error
    return json.dumps(found).encode()
