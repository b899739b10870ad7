"""Genres: what is told. Up to two a clip."""

from __future__ import annotations

from studio_app.catalogue.family import Family, Hint, Kind

_CUTS, _LEVEL, _SHAKE = "cuts.per_minute", "motion.level", "motion.shake"
_BRIGHT, _COLOURFUL, _WARM = "colour.brightness", "colour.saturation", "colour.warmth"
_SPEECH, _MUSIC, _LOUD = "sound.speech", "sound.music", "sound.loudness"
_FIGURES = "{:.2f} picture widths a second"

ACTION = Kind(
    "action",
    "Action",
    "action//s fight//s/ing/er/ers fought chas/e/es/ed/ing explo/de/des/ded/ding/sion/sions/sive battl/e/es/ing combat "
    "intens/e/ely/ity pursu/it/es/ed/ing stunt//s",
    (
        Hint(_LEVEL, f"it moves fast ({_FIGURES})", rises=(0.12, 0.32), weight=2),
        Hint(_CUTS, "it is cut fast ({:.0f} a minute)", rises=(14, 30), weight=1.5),
        Hint(_SHAKE, "the camera shakes ({:.3f})", rises=(0.01, 0.03)),
        Hint(_LOUD, "it is loud ({:.0f} LUFS)", rises=(-22, -15), weight=0.5),
        Hint(_SPEECH, "nobody talks", falls=(0.2, 0.45), weight=0.5),
    ),
    cameras=("handheld", "pan"),
)
DRAMA = Kind(
    "drama",
    "Drama",
    "drama//s dramatic//ally emotion//s/al/ally dialogue//s character//s stor/y/ies tens/ion/ions/e melodrama//tic traged/y/ies tragic",
    (
        Hint(_LEVEL, f"it is calm ({_FIGURES})", falls=(0.05, 0.12), weight=1.5),
        Hint("motion.camera_level", "the camera stands or goes slowly", falls=(0.025, 0.08)),
        Hint(_CUTS, "shots are long ({:.0f} cuts a minute)", falls=(12, 18)),
        Hint(_SPEECH, "there is talk ({:.0%} of the time)", rises=(0.1, 0.3), weight=1.5),
        Hint(_COLOURFUL, "colours are held back", falls=(0.35, 0.55)),
        Hint(_BRIGHT, "it is not black", rises=(0.1, 0.18)),
        Hint(_SHAKE, "the camera is steady", falls=(0.006, 0.012)),
    ),
    cameras=("static", "pan"),
)
COMEDY = Kind(
    "comedy",
    "Comedy",
    "comed/y/ies/ic fun funn/y/ier/iest/ily humor//ous laugh//s/ed/ing/ter jok/e/es/ed/ing silly silliness playful//ly comic//al",
    (
        Hint(_BRIGHT, "it is bright ({:.0%})", rises=(0.42, 0.56), weight=1.5),
        Hint(_COLOURFUL, "it is colourful ({:.0%})", rises=(0.4, 0.55), weight=1.5),
        Hint(_CUTS, "it is cut briskly ({:.0f} a minute)", rises=(12, 18), falls=(45, 55)),
        Hint(_LEVEL, f"it is lively ({_FIGURES})", rises=(0.05, 0.12), falls=(0.3, 0.45)),
        Hint(_SPEECH, "there is talk ({:.0%} of the time)", rises=(0.15, 0.35)),
    ),
    cameras=("handheld", "zoom"),
)
HORROR = Kind(
    "horror",
    "Horror",
    "horror horrif/ic/ied/ying scar/y/ier/e/es/ed dark//ness/er/est fear//s/ful suspense//ful eeri/e/ly creep/y/ier/ing terror//s "
    "terrif/ied/ying haunt//s/ed/ing",
    (
        Hint(_BRIGHT, "it is dark ({:.0%})", falls=(0.13, 0.22), weight=3),
        Hint(_CUTS, "shots are long ({:.0f} cuts a minute)", falls=(15, 22)),
        Hint(_LEVEL, f"it moves little ({_FIGURES})", falls=(0.1, 0.2)),
        Hint(_COLOURFUL, "colours are held back", falls=(0.35, 0.55), weight=0.5),
        Hint(_LOUD, "it is quiet ({:.0f} LUFS)", falls=(-28, -20)),
    ),
    cameras=("handheld", "static"),
)
SCI_FI = Kind(
    "sci_fi",
    "Sci-fi",
    "sci-fi scifi futuristic space spaceship//s spacecraft technolog/y/ies/ical alien//s cyber cyberpunk robot//s/ic",
    (
        Hint(_WARM, "light is cold", falls=(-0.1, -0.03), weight=2),
        Hint(_SHAKE, "the camera glides", falls=(0.004, 0.01), weight=1.5),
        Hint("motion.camera_level", "the camera is on its way", rises=(0.01, 0.04)),
        Hint("composition.symmetry", "pictures are symmetrical ({:.0%})", rises=(0.5, 0.72), weight=1.5),
        Hint(_MUSIC, "there is music ({:.0%} of the time)", rises=(0.2, 0.45)),
        Hint(_SPEECH, "there is little talk", falls=(0.25, 0.45)),
    ),
    meanings=("theme=technology",),
    cameras=("orbit", "crane", "dolly"),
)
DOCUMENTARY = Kind(
    "documentary",
    "Documentary",
    "documentar/y/ies real factual//ly facts informati/ve/on narrat/ion/or/ed/es/ing education//al interview//s/ed reportage//s",
    (
        Hint(_SPEECH, "somebody narrates ({:.0%} of the time)", rises=(0.25, 0.5), weight=2),
        Hint(_CUTS, "shots have time ({:.0f} cuts a minute)", falls=(13, 20)),
        Hint(_LEVEL, f"it goes steadily ({_FIGURES})", rises=(0.008, 0.025), falls=(0.1, 0.2)),
        Hint("graphics.texture", "pictures are full of detail", rises=(0.03, 0.045), weight=1.5),
        Hint(_BRIGHT, "it is in daylight", rises=(0.32, 0.4), weight=1.5),
        Hint(_COLOURFUL, "colours are natural", falls=(0.4, 0.6)),
    ),
    meanings=("genre=documentary", "style=documentary"),
    cameras=("static", "pan", "tilt"),
)

FAMILY = Family("genre", "Genre", (ACTION, DRAMA, COMEDY, HORROR, SCI_FI, DOCUMENTARY), most=2)
