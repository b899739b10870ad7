"""From a plan to pixels: decode, place, grade and stack. The same code for preview and export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from effects.frame import Canvas, Frame, Layout, black
from effects.see_through import blended_share, clear, stacked, through
from effects.video.transform import Transform
from engines.errors import ExportError, MediaError
from engines.media.reader import OpenReader, open_video
from engines.render.catalogue import Catalogue
from engines.render.footage import Footage, PicturePool, StandIns, originals_only
from engines.render.layers import (
    AdjustmentLayer,
    AnyLayer,
    GeneratedPicture,
    Layer,
    MediaPicture,
    NestedPicture,
    Note,
    PlannedEffect,
    RenderPlan,
    Slate,
    TransitionLayer,
)
from engines.render.offline import Offline
from engines.render.sizing import View, view, wanted
from timeline.errors import StudioError
from timeline.time import ZERO
from timeline.track import BlendMode

_NEUTRAL = Transform()
Ground = Callable[[Canvas], Frame]
"""What lies below the lowest layer: black, or nothing at all within a nested sequence."""


class Compositor:
    """Renders plans with the readers of `pool`; belongs to the pool's thread.

    In preview what fails is skipped and told in `notes` (of the last frame). With `strict`, for an export, it raises
    ExportError naming clip, effect and time; only files that are not there are drawn as slates in both.
    """

    def __init__(
        self,
        pool: PicturePool,
        catalogue: Catalogue | None = None,
        *,
        strict: bool = False,
        stand_in: StandIns = originals_only,
        open_reader: OpenReader = open_video,
    ) -> None:
        self.notes: tuple[Note, ...] = ()
        self.footage = Footage(pool, stand_in, open_reader=open_reader)
        self._catalogue = catalogue or Catalogue.installed()
        self._strict = strict
        self._offline = Offline()
        self._found: list[Note] = []
        self._plan: RenderPlan | None = None

    def render(self, plan: RenderPlan, size: tuple[int, int]) -> Frame:
        """The frame: opaque YUV 4:2:0, BT.709 limited, of `size` (the sequence fitted into it, black around it).

        A picture that nothing is done to comes as its reader gave it, uncopied.
        """
        fatal = next((note for note in plan.notes if note.fatal), None)
        if self._strict and fatal is not None:
            raise ExportError(fatal.sentence)
        self._plan, self._found = plan, list(plan.notes)
        self.footage.next_picture()
        seen = view(plan.size, size)
        frame = self._stack(plan.layers, seen.canvas, _black) or _black(seen.canvas)
        self.notes = tuple(self._found)
        return _bordered(frame, seen) if seen.has_border else frame

    def _stack(self, layers: tuple[AnyLayer, ...], canvas: Canvas, ground: Ground) -> Frame | None:
        """All layers over each other; None: nothing is there, only ground."""
        lowest = max((index for index, layer in enumerate(layers) if _hides(layer, canvas)), default=0)
        result: Frame | None = None
        for layer in layers[lowest:]:
            if isinstance(layer, Layer):
                result = self._over(result, layer, canvas, ground)
            elif isinstance(layer, TransitionLayer):
                result = self._changed(result, layer, canvas, ground)
            else:
                result = self._adjusted(result, layer, canvas, ground)
        return result

    def _over(self, below: Frame | None, layer: Layer | None, canvas: Canvas, ground: Ground) -> Frame | None:
        """The layer's picture over what is below (None: ground)."""
        if layer is None:
            return below
        picture = self._placed(layer, canvas)
        if picture is None or 0 in picture.size:
            return below
        if layer.opacity >= 1 and layer.blend is BlendMode.NORMAL and _fills(picture, canvas):
            return picture
        return stacked(below or ground(canvas), picture, layer.blend, layer.opacity)

    def _changed(self, below: Frame | None, layer: TransitionLayer, canvas: Canvas, ground: Ground) -> Frame | None:
        """Both sides lie over what is below before they are mixed, so that titles keep their transparency."""
        left, right = self._over(below, layer.left, canvas, ground), self._over(below, layer.right, canvas, ground)
        side = layer.left or layer.right
        name = side.clip_name if side else ""
        try:
            model = self._catalogue.transitions.classes[layer.effect].model_validate(dict(layer.values))
            sides = (left or ground(canvas), right or ground(canvas))
            return through(lambda one, other: model.render(one, other, layer.progress), *sides)
        except Exception as error:  # noqa: BLE001 - render fence: see docs/architecture.md, section 10
            self._failed("transition", layer.effect, side.clip_id if side else "", name, error)
            return left if layer.progress < 0.5 else right

    def _adjusted(self, below: Frame | None, layer: AdjustmentLayer, canvas: Canvas, ground: Ground) -> Frame | None:
        under = below or ground(canvas)
        graded = self._with_effects(under, layer.effects, layer)
        if not _fills(graded, canvas):
            graded = stacked(ground(canvas), graded)
        return blended_share(under, graded, layer.opacity)

    def _placed(self, layer: Layer, canvas: Canvas) -> Frame | None:
        """The layer's picture with its effects, on the canvas."""
        index = next((at for at, one in enumerate(layer.effects) if one.effect == "transform"), len(layer.effects))
        transform = self._transform(layer, index)
        picture = self._picture(layer, transform, canvas)
        if picture is None:
            return None
        picture = self._with_effects(picture, layer.effects[:index], layer)
        picture = _placed_once(picture, transform, canvas) if _stands(layer) else transform.place(picture, canvas)
        return self._with_effects(picture, (*layer.effects[index + 1 :], *layer.track_effects), layer)

    def _transform(self, layer: Layer, index: int) -> Transform:
        if index == len(layer.effects):
            return _NEUTRAL
        try:
            return Transform.model_validate(dict(layer.effects[index].values))
        except ValueError as error:
            self._failed("effect", "transform", layer.clip_id, layer.clip_name, error)
            return _NEUTRAL

    def _picture(self, layer: Layer, transform: Transform, canvas: Canvas) -> Frame | None:
        source = layer.picture
        if isinstance(source, MediaPicture):
            return self._decoded(layer, source, transform, canvas)
        if isinstance(source, NestedPicture):
            return self._nested(source, transform, canvas)
        if isinstance(source, Slate):
            return self._slate(source, canvas)
        return self._generated(layer, source, canvas)

    def _decoded(self, layer: Layer, source: MediaPicture, transform: Transform, canvas: Canvas) -> Frame | None:
        aim = wanted(source.media, transform, canvas)
        try:
            self._offline.check(source.media)
            frame = self.footage.frame_at(source.media, source.time, aim.size)
        except MediaError as error:
            self._offline.remember(source.media, error)
            self._found.append(Note(layer.clip_id, error.message))
            return self._slate(Slate("missing", source.media.name or layer.clip_name, error.message), canvas)
        return _scaled(frame, aim.scale)

    def _nested(self, source: NestedPicture, transform: Transform, canvas: Canvas) -> Frame | None:
        """A nested sequence as a picture of its own, as large as it is needed here; with alpha where it is empty."""
        aim = wanted(source, transform, canvas)
        inner = view(source.size, aim.size).canvas
        frame = self._stack(source.layers, inner, clear)
        return None if frame is None else _scaled(frame, aim.scale * inner.width / aim.size[0])

    def _generated(self, layer: Layer, source: GeneratedPicture, canvas: Canvas) -> Frame | None:
        try:
            model = self._catalogue.generators.classes[source.generator].model_validate(dict(source.values))
            return model.render(canvas, source.at)
        except Exception as error:  # noqa: BLE001 - render fence: see docs/architecture.md, section 10
            self._failed("generator", source.generator, layer.clip_id, layer.clip_name, error)
            return None

    def _slate(self, slate: Slate, canvas: Canvas) -> Frame:
        card = self._catalogue.generators.classes.get("slate")
        if card is None:
            return _black(canvas)
        return card.model_validate({"kind": slate.kind, "name": slate.title, "text": slate.text}).render(canvas, ZERO)

    def _with_effects(self, frame: Frame, effects: Iterable[PlannedEffect], layer: Layer | AdjustmentLayer) -> Frame:
        for use in effects:
            try:
                model = self._catalogue.effects.classes[use.effect].model_validate(dict(use.values))
                frame = model.render(frame, use.at)
            except Exception as error:  # noqa: BLE001 - render fence: see docs/architecture.md, section 10
                self._failed("effect", use.effect, layer.clip_id, layer.clip_name, error)
        return frame

    def _failed(self, kind: str, name: str, clip_id: str, clip_name: str, error: Exception) -> None:
        """Note what failed, or stop an export by its name."""
        reason = error.message if isinstance(error, StudioError) else _first_line(error)
        sentence = f"The {kind} “{name}” of the clip “{clip_name}” failed{self._where()}: {reason}"
        if self._strict:
            raise ExportError(f"{sentence} Change it or switch it off, then export again.") from error
        self._found.append(Note(clip_id, sentence))

    def _where(self) -> str:
        return f" at {self._plan.timecode}" if self._plan else ""


def _black(canvas: Canvas) -> Frame:
    return black(canvas.width, canvas.height, canvas.scale)


def _fills(frame: Frame, canvas: Canvas) -> bool:
    """Whether nothing can be seen behind it."""
    is_opaque = frame.layout is Layout.YUV420 and len(frame.planes) == 3
    return is_opaque and frame.origin == (0, 0) and frame.size == (canvas.width, canvas.height)


def _hides(layer: AnyLayer, canvas: Canvas) -> bool:
    """Whether it is known beforehand that nothing below this layer is seen, so that it need not be decoded."""
    if isinstance(layer, TransitionLayer):
        return bool(layer.left and layer.right and _hides(layer.left, canvas) and _hides(layer.right, canvas))
    if not isinstance(layer, Layer) or layer.opacity < 1 or layer.blend is not BlendMode.NORMAL:
        return False
    source = layer.picture
    if layer.effects or layer.track_effects:
        return False
    if isinstance(source, NestedPicture):
        inner = view(source.size, wanted(source, _NEUTRAL, canvas).size).canvas
        fits = (inner.width, inner.height) == (canvas.width, canvas.height)
        return fits and any(_hides(one, inner) for one in source.layers)
    if not isinstance(source, MediaPicture) or source.media.has_alpha:
        return False
    return wanted(source.media, _NEUTRAL, canvas).size == (canvas.width, canvas.height)


def _scaled(frame: Frame, scale: float) -> Frame:
    """The frame with its scale; asked twice it gives the same one, so that what was derived from it is kept."""
    if frame.scale == scale:
        return frame
    known: Frame | None = frame.derived.get("scaled")
    if known is None or known.scale != scale:
        known = frame.derived["scaled"] = replace(frame, scale=scale)
    return known


def _stands(layer: Layer) -> bool:
    """Whether its picture is the same frame after frame."""
    return isinstance(layer.picture, MediaPicture) and (layer.picture.stands or layer.picture.media.is_endless)


def _placed_once(frame: Frame, transform: Transform, canvas: Canvas) -> Frame:
    """The frame on the canvas, kept with it: a title card that stands for seconds is placed once."""
    known: tuple[Transform, Canvas, Frame] | None = frame.derived.get("placed")
    if known is None or known[:2] != (transform, canvas):
        known = frame.derived["placed"] = (transform, canvas, transform.place(frame, canvas))
    return known[2]


def _bordered(frame: Frame, seen: View) -> Frame:
    """The canvas within its black border."""
    whole = black(*seen.size, seen.canvas.scale)
    for plane, inner, step in zip(whole.planes, frame.planes, (1, 2, 2), strict=True):
        x, y = seen.x // step, seen.y // step
        plane[y : y + inner.shape[0], x : x + inner.shape[1]] = inner
    return whole


def _first_line(error: Exception) -> str:
    text = next(iter(str(error).strip().splitlines()), "") or type(error).__name__
    return text if text.endswith(".") else f"{text}."
