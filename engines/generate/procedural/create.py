"""Intent to SceneSpec."""
from __future__ import annotations
from engines.generate.base import GenerationRequest
from engines.generate.procedural.palette import GRADES, LIGHTS, weathered
from engines.generate.procedural.spec import CameraPath, Intent, SceneSpec

def create(intent: Intent, request: GenerationRequest) -> SceneSpec:
    """Decide everything that the words left open."""
    width, height = request.even_size
    light = weathered(LIGHTS[intent.time or "day"], intent.weather or "clear")
    seconds = (intent.duration or request.duration)
    return SceneSpec(setting=intent.setting, features=intent.features, time=intent.time, weather=intent.weather, palette=intent.palette, light=light, grade=GRADES["neutral"], camera=CameraPath(intent.camera or "static"), subjects=(), horizon=0.12, sun_x=0.16, life=1.0, seed=request.seed, seconds=seconds.to_seconds() if seconds else 5.0, width=width, height=height)
