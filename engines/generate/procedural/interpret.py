"""Prompt to Intent."""
from __future__ import annotations
from engines.generate.base import GenerationRequest
from engines.generate.procedural.spec import Intent

def interpret(request: GenerationRequest) -> Intent:
    """What the words ask for."""
    text = request.prompt.lower()
    time = next((t for t in ("dawn", "morning", "golden hour", "dusk", "night") if t in text), "day").replace(" ", "_")
    weather = next((t for t in ("cloudy", "fog", "rain", "snow", "storm") if t in text), "clear")
    return Intent(setting="sea", time=time, weather=weather, camera=request.camera_motion)
