"""What an engine is asked for when a shot is made, and what stands for a shot until then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.generate.base import GenerationRequest
from engines.generate.registry import DEFAULT_ENGINE, engine, engines
from studio_app.planning.request import request_for
from studio_app.services.learning import Learning
from studio_app.session.covering import covering
from studio_app.session.document import Document
from studio_app.session.generation_desk import Desk
from studio_app.session.generation_plan import Plan
from timeline.items import MediaSource
from timeline.media import Media, Take
from timeline.query import clips_of_shot
from timeline.storyboard import Shot, Storyboard


class ShotRequests:
    """Reads shots, takes and what was learnt; sends nothing. Main thread."""

    def __init__(self, document: Document, desk: Desk, learning: Learning | None = None) -> None:
        self._document, self.desk, self._learning = document, desk, learning

    def media_for(self, shot: Shot) -> Media | None:
        """What stands for a shot: the take used in a cut, else the newest take, else its own footage."""
        library = self._document.library
        takes = library.takes_of(shot.id)
        used = {
            clip.source.media_id
            for _, clip in clips_of_shot(self._document.project, shot.id)
            if isinstance(clip.source, MediaSource)
        }
        take = next((one for one in takes if one.media_id in used), takes[-1] if takes else None)
        return library.media.get(take.media_id if take else shot.media_id or "")

    def request_of(self, shot_id: str) -> tuple[str, GenerationRequest] | None:
        """The engine and what it would be sent for the next take of a shot; None for a shot with nothing to go by."""
        found = self._document.project.storyboards
        for board in found:
            shot = board.shot(shot_id)
            if shot is not None:
                shot = covering(self._document.project, board, shot)
            if shot is not None and (shot.description.strip() or shot.image_reference or shot.scene):
                takes = len(self._document.library.takes_of(shot_id))
                return shot.engine or DEFAULT_ENGINE, self._with_learnt(request_for(board, shot, take=takes))
        return None

    def _with_learnt(self, request: GenerationRequest) -> GenerationRequest:
        """The request with the looks its prompt names and, where the project wants it, what the user accepted of what was learnt."""
        if self._learning is None:
            return request
        learnt = self._learning.for_prompt(request.prompt, with_nudges=self._document.project.uses_learnt)
        return request.model_copy(update={"learnt": learnt}) if learnt else request

    def plan_of(self, shot_id: str, engine_id: str | None = None) -> Plan | None:
        """What the next take of a shot would be sent as, for how much and why; None for one with nothing to go by.

        Raises EngineError in one sentence where nobody can make it. `engine_id`: another engine than the shot's own.
        """
        asked, found = self.request_of(shot_id), self._shot_of(shot_id)
        if asked is None or found is None:
            return None
        board, shot = found
        wanted = shot.engine if engine_id is None else engine_id
        return self.desk.planner(self._document.project.id).plan(shot, asked[1], wanted, board)

    def plan_new(self, board: Storyboard, shot: Shot) -> Plan:
        """The same for a shot that is not in the project yet. Raises EngineError."""
        request = self._with_learnt(request_for(board, shot))
        return self.desk.planner(self._document.project.id).plan(shot, request, shot.engine, board)

    def _shot_of(self, shot_id: str) -> tuple[Storyboard, Shot] | None:
        boards = self._document.project.storyboards
        return next(((board, shot) for board in boards if (shot := board.shot(shot_id))), None)

    def scene_of(self, shot_id: str) -> Mapping[str, Any]:
        """The scene that the shot's next take is drawn from, as plain values: its own, else that of its newest take, else of its words.

        Empty for an engine that has none, and for a shot with nothing to go by. Raises EngineError.
        """
        shot = self._document.project.shot(shot_id)
        if shot is None or shot.scene:
            return {} if shot is None else shot.scene
        asked = self.request_of(shot_id)
        if asked is None:
            return {}
        engine_id, request = asked
        for take in reversed(self._document.library.takes_of(shot_id)):
            scene = _scene_in(take)
            same = ("prompt", "camera_motion", "subject_motion")
            then = take.lineage.request
            is_same = all(then.get(name) == getattr(request, name) for name in same)
            if scene and is_same and (then.get("learnt") or {}) == request.learnt:
                return scene
        service = engine_id.partition("/")[0]
        return engine(service).scene(request) if service in engines().classes else {}

    def scene_of_take(self, shot_id: str) -> Mapping[str, Any]:
        """The scene that the take in use was drawn from, as it was recorded; empty where there is none."""
        shot = self._document.project.shot(shot_id)
        media = self.media_for(shot) if shot is not None else None
        take = self._document.library.take_of_media(media.id) if media is not None else None
        return _scene_in(take) if take is not None else {}


def _scene_in(take: Take) -> Mapping[str, Any]:
    """The scene that a take's facts name; empty for takes of other engines, and of older versions."""
    facts = take.lineage.extra.get("facts")
    scene = facts.get("scene") if isinstance(facts, Mapping) else None
    return scene if isinstance(scene, Mapping) else {}
