"""A family as JSON and as GraphML (http://graphml.graphdrawing.org): what another program can read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as Xml

from timeline.codec import encode
from timeline.lineage import LineageGraph, LineageNode

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NODE_KEYS = {
    "label": "string",
    "type": "string",
    "kind": "string",
    "generation": "int",
    "duration": "double",
    "method": "string",
    "relationship": "string",
    "engine": "string",
    "engine_version": "string",
    "seed": "string",
    "cost": "string",
    "created": "string",
    "content_hash": "string",
    "shot": "string",
    "parameters": "string",
    "present": "boolean",
    "used": "boolean",
}
_EDGE_KEYS = {"relationship": "string", "method": "string", "parameters": "string", "used": "boolean"}


def as_plain(
    graph: LineageGraph, current: str | None = None, thumbnails: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The graph as plain values: {"nodes": [...], "edges": [...]}.

    A node has id, label, type, generation, thumbnail and duration (seconds), and what is known of its making. Its type says
    what it is to `current`, or to what the cut shows where that is None: current, ancestor, descendant or other.
    `thumbnails`: pictures of nodes as text, a path or a data address.
    """
    roles = graph.roles(current)
    shown = thumbnails or {}
    nodes = [{**_node(node, roles[key]), "thumbnail": shown.get(key)} for key, node in graph.nodes.items()]
    edges = [
        {
            "source": edge.source,
            "target": edge.target,
            "relationship": edge.relationship,
            "method": edge.method,
            "parameters": encode(edge.parameters),
            "used": edge.target in graph.lit,
        }
        for edge in graph.edges
    ]
    return {"nodes": nodes, "edges": edges}


def _node(node: LineageNode, role: str) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.label or node.id,
        "type": role,
        "kind": node.kind,
        "generation": node.generation,
        "duration": round(node.duration.to_seconds(), 6),
        "take": node.take_id,
        "shot": node.shot_id,
        "parameters": encode(node.parameters),
        "relationship": node.relationship,
        "method": node.method,
        "engine": node.engine,
        "engine_version": node.engine_version,
        "seed": node.seed,
        "cost": node.cost,
        "created": node.created,
        "content_hash": node.content_hash,
        "present": node.is_present,
        "used": node.is_used,
    }


def as_graphml(graph: LineageGraph, current: str | None = None) -> str:
    """The graph as GraphML, directed from parents to children; parameters are JSON in a text."""
    plain = as_plain(graph, current)
    root = Xml.Element("graphml", {"xmlns": NAMESPACE})
    for kind, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, form in keys.items():
            attributes = {"id": f"{kind}_{name}", "for": kind, "attr.name": name, "attr.type": form}
            Xml.SubElement(root, "key", attributes)
    tree = Xml.SubElement(root, "graph", {"id": "lineage", "edgedefault": "directed"})
    for node in plain["nodes"]:
        if node["parameters"]:
            node["parameters"] = json.dumps(node["parameters"], ensure_ascii=False, sort_keys=True)
        _add_values(Xml.SubElement(tree, "node", {"id": _clean(node["id"])}), "node", node, _NODE_KEYS)
    for number, edge in enumerate(plain["edges"]):
        ends = {"source": _clean(edge["source"]), "target": _clean(edge["target"])}
        edge["parameters"] = json.dumps(edge["parameters"], ensure_ascii=False, sort_keys=True)
        _add_values(Xml.SubElement(tree, "edge", {"id": f"e{number}", **ends}), "edge", edge, _EDGE_KEYS)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _add_values(parent: Xml.Element, kind: str, values: Mapping[str, Any], keys: Mapping[str, str]) -> None:
    for name in keys:
        value = values[name]
        if value not in (None, "", {}):
            text = str(value).lower() if isinstance(value, bool) else str(value)
            Xml.SubElement(parent, "data", {"key": f"{kind}_{name}"}).text = _clean(text)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_XML.sub("�", text)
