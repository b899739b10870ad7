"""Takes and where they came from."""

from __future__ import annotations

import datetime

from engines.generate.base import GenerationRequest, Result
from timeline.media import Lineage, Media, Take


def make_take(
    shot_id: str, engine_id: str, version: str, request: GenerationRequest, result: Result, media: Media
) -> Take:
    """The take of a result, with all that is needed to make it again."""
    lineage = Lineage(
        engine=engine_id,
        engine_version=version,
        request=request.model_dump(mode="json"),
        seed=result.seed,
        content_hash=media.content_hash,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        extra={"facts": dict(result.facts)} if result.facts else {},
    )
    return Take(media.id, lineage, shot_id=shot_id)
