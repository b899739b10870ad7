"""A model that is not in the list, learnt from what its service publishes of its inputs: an entry for the user's own list.

Both fal and Replicate publish OpenAPI documents. What no document says, the price, the user says: a cap cannot hold what is
not known.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal

from pydantic import ValidationError

from engines.errors import EngineError
from engines.generate.remote.doubt import ODD
from engines.generate.remote.models import Kind, Model

Plain = Mapping[str, Any]
Unit = Literal["second", "clip", "image", "minute", "thousand characters"]
FIRST = ("image_url", "start_image_url", "first_frame_url", "image", "start_image", "first_frame_image", "input_image")
LAST = ("end_image_url", "last_frame_url", "tail_image_url", "last_frame_image", "end_image", "last_image")
FILM = ("video_url", "video", "input_video")
_OF_FILMS = ("duration", "num_frames", "fps", "frames_per_second", "generate_audio")
_USUAL = {"fal": {"image": "image_url", "last": "end_image_url", "video": "video_url"},
          "replicate": {"image": "image", "last": "last_frame_image", "video": "video"}}  # fmt: skip
"""What a service's adapter calls an input where an entry says nothing else."""
_PROMPT_LIMIT = 2000
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def learnt(provider: str, model_id: str, document: Plain, price: Mapping[str, Decimal], unit: Unit) -> Model:
    """An entry out of an OpenAPI document of the model's. Raises EngineError for one that takes no words or tells of no inputs."""
    try:
        return _learnt(provider, model_id, document, price, unit)
    except ODD as error:
        words = f"What {model_id} publishes of its inputs cannot be read; write its entry into your own list by hand."
        raise EngineError(words, repr(error)) from error


def _learnt(provider: str, model_id: str, document: Plain, price: Mapping[str, Decimal], unit: Unit) -> Model:
    schemas = document.get("components", {}).get("schemas", {})
    inputs, required = _inputs(document, schemas)
    if not inputs:
        raise EngineError(f"{model_id} publishes nothing of its inputs; write its entry into your own list by hand.")
    if "prompt" not in inputs:
        raise EngineError(f"{model_id} takes no prompt, so a shot cannot be sent to it.")
    first, last, film = (next((one for one in names if one in inputs), "") for names in (FIRST, LAST, FILM))
    is_film = _makes(schemas, inputs) == "film"
    seconds, step, form = _lengths(inputs.get("duration", {}))
    named = {"image": first, "last": last, "video": film, "duration": form}
    usual = _USUAL.get(provider, {})
    try:
        return Model(
            id=model_id,
            provider=provider,
            label=model_id.rsplit("/", 1)[-1] if provider == "replicate" else model_id.removeprefix("fal-ai/"),
            kinds=tuple(_kinds(is_film, first, last, film, required)),
            seconds=seconds if is_film else (),
            seconds_step=step if is_film else 0,
            sizes=tuple(str(one) for one in _choices(inputs.get("aspect_ratio", {})) if ":" in str(one)),
            resolutions=tuple(str(one) for one in _choices(inputs.get("resolution", {})) if _NUMBER.match(str(one))),
            prompt_limit=int(inputs["prompt"].get("maxLength") or _PROMPT_LIMIT),
            negative="negative_prompt" in inputs,
            seed="seed" in inputs,
            sound="generate_audio" in inputs,
            price=dict(price),
            unit=unit,
            checked=datetime.datetime.now(datetime.UTC).date(),
            options={f"@{key}": one for key, one in named.items() if one and one != usual.get(key)},
        )
    except ValidationError as error:
        first_one = error.errors()[0]
        raise EngineError(f"{model_id} cannot be taken into the list: {first_one['msg']}.", str(error)) from error


def entry(model: Model) -> str:
    """The model as a `[[model]]` table, as `models.read` takes it."""
    plain = model.model_dump(mode="json", exclude_defaults=True)
    plain["price"] = {name: float(one) for name, one in model.price.items()}
    tables = {name: plain.pop(name) for name in ("options", "price") if plain.get(name)}
    lines = ["[[model]]"]
    for name, value in plain.items():
        lines.append(f"{name} = {value if name == 'checked' else json.dumps(value, ensure_ascii=False)}")
    for name, table in tables.items():
        inside = ", ".join(f"{json.dumps(key)} = {json.dumps(one)}" for key, one in table.items())
        lines.append(f"{name} = {{ {inside} }}")
    return "\n".join(lines) + "\n"


def _inputs(document: Plain, schemas: Plain) -> tuple[dict[str, Plain], tuple[str, ...]]:
    """The inputs by name with references followed, and which must be given."""
    schema = next(_posted(document, schemas), None) or schemas.get("Input") or {}
    properties: dict[str, Plain] = {name: _whole(one, schemas) for name, one in schema.get("properties", {}).items()}
    return properties, tuple(schema.get("required", ()))


def _posted(document: Plain, schemas: Plain) -> Iterator[Plain]:
    """What is sent to the addresses of the document, where it names any."""
    for path in document.get("paths", {}).values():
        content = path.get("post", {}).get("requestBody", {}).get("content", {})
        found = _whole(content.get("application/json", {}).get("schema", {}), schemas)
        if "prompt" in found.get("properties", {}):
            yield found


def _whole(schema: Plain, schemas: Plain) -> dict[str, Any]:
    """A schema with what it refers to, and what all of its parts say."""
    found: dict[str, Any] = {}
    for part in (schema, *schema.get("allOf", ()), *schema.get("anyOf", ())):
        reference = str(part.get("$ref", "")).rsplit("/", 1)[-1]
        for key, value in {**schemas.get(reference, {}), **part}.items():
            found.setdefault(key, value)
    return found


def _choices(schema: Plain) -> tuple[Any, ...]:
    return tuple(schema.get("enum", ()))


def _lengths(schema: Plain) -> tuple[tuple[float, ...], float, str]:
    """Seconds, their step, and how the service wants them written: "8s", "8" (`text`), or 8."""
    choices = [str(one) for one in _choices(schema) if _NUMBER.match(str(one))]
    if choices:
        form = "text s" if choices[0].endswith("s") else "text" if isinstance(_choices(schema)[0], str) else ""
        return tuple(sorted({float(found[0]) for one in choices if (found := _NUMBER.match(one))})), 0, form
    if "minimum" in schema and "maximum" in schema:
        return (float(schema["minimum"]), float(schema["maximum"])), 1 if schema.get("type") == "integer" else 0.1, ""
    if "default" in schema and (found := _NUMBER.match(str(schema["default"]))):
        return (float(found[0]),), 0, "text" if isinstance(schema["default"], str) else ""
    return (), 0, ""


def _makes(schemas: Plain, inputs: Plain) -> str:
    """`film` or `picture`, by what the document says comes out, else by what goes in."""
    given = {name for key, one in schemas.items() if key.endswith("Output") for name in one.get("properties", {})}
    if given & {"video", "videos"}:
        return "film"
    if given & {"image", "images"}:
        return "picture"
    return "film" if any(one in inputs for one in (*_OF_FILMS, *FILM)) else "picture"


def _kinds(is_film: bool, first: str, last: str, film: str, required: tuple[str, ...]) -> Iterator[Kind]:
    if not {first, film} & set(required):
        yield "text_to_video" if is_film else "text_to_image"
    if first:
        yield "image_to_video" if is_film else "image_edit"
    if is_film and first and last:
        yield "first_last"
    if is_film and film:
        yield "video_to_video"
