"""What was understood (Intent) and what will be drawn (SceneSpec, made in `scene/`): frozen data between words and pixels."""

from __future__ import annotations

from engines.generate.procedural.intent import Intent as Intent
from engines.generate.procedural.scene.parts import CameraPath as CameraPath
from engines.generate.procedural.scene.parts import Subject as Subject
from engines.generate.procedural.scene.spec import SceneSpec as SceneSpec
