"""What will be seen, in one line for people."""

from __future__ import annotations

from engines.generate.procedural.scene.spec import SceneSpec


def describe(spec: SceneSpec) -> str:
    """Place, time, weather, subjects, look and camera; what is usual is left out."""
    parts = [spec.setting, spec.time, spec.weather]
    parts += [f"{one.count} {_plural(one.name)}" if one.count > 1 else one.name for one in spec.subjects]
    if spec.look != "natural":
        parts.append(f"{spec.look} look")
    if spec.lighting.name != "neutral":
        parts.append(f"{spec.lighting.name} light")
    if spec.camera.motion != "static":
        parts.append(spec.camera.motion)
    if len(spec.shots) > 1:
        parts.append(f"{len(spec.shots)} shots")
    parts += [f"then {describe(key.scene)}" for key in spec.keys]
    parts += [f"“{text.words}”" for text in spec.texts[:3]]
    return ", ".join(part.replace("_", " ") for part in parts)


_PLURALS = {"person": "people", "fish": "fish", "birds": "birds", "jellyfish": "jellyfish", "deer": "deer"}


def _plural(name: str) -> str:
    return _PLURALS.get(name, f"{name}es" if name.endswith(("s", "x", "ch")) else f"{name}s")
