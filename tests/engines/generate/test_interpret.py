from __future__ import annotations

import time

import pytest

from engines.generate.base import GenerationRequest
from engines.generate.procedural.create import create
from engines.generate.procedural.draw.moves import MOVES
from engines.generate.procedural.draw.setting import settings
from engines.generate.procedural.draw.subject_kind import subject_kinds
from engines.generate.procedural.intent import RELATIONS, Intent, Relation
from engines.generate.procedural.interpret import duration_in, interpret
from engines.generate.procedural.interpret.domain import domains
from engines.generate.procedural.interpret.vocabulary import vocabulary
from engines.generate.procedural.palette import PALETTES
from timeline.storyboard import CAMERA_MOTIONS, SUBJECT_MOTIONS
from timeline.time import RationalTime

FACTS = {
    "palette": "warm_sunset ocean neon forest night dreamy fire mono default",
    "motion": "slow wave flow fast pulse",
    "intensity": "calm subtle gentle soft strong vivid intense",
    "lighting": "neutral noir golden_hour neon documentary moody",
    "gradient": "vertical horizontal radial angled",
    "shape": "none circle rect arrow character",
    "shot": "extreme_wide wide medium close extreme_close pov handheld",
    "transition": "cut fade dissolve wipe",
    "genre": "documentary thriller ad tutorial educational explainer general",
    "style": "cinematic abstract minimal realistic anime cartoon",
    "tone": "dreamy dark bright calm energetic moody",
    "pacing": "slower slow relaxed lively quick fast faster",
    "balance": "left_heavy balanced right_heavy top_heavy bottom_heavy",
    "symmetry": "asymmetric slight bilateral",
    "tension": "flat slow_build standard immediate",
    "directionality": "none horizontal vertical diagonal radial",
    "smoothness": "jerky rough smooth fluid",
    "rhythm": "steady pulsing wave random",
    "audio_tempo": "slow medium fast",
    "audio_mood": "ominous tense dark moody melancholy calm dramatic peaceful suspenseful neutral soft intense uplifting "
    "dreamy hopeful chaotic harsh bright energetic playful",
    "audio_presence": "silence ambient music sfx full",
    "audio_genre": "none ambient deep_house techno cinematic",
    "trajectory": "left right up down toward away none",
    "expression": "happy sad angry calm excited nervous",
    "personality": "playful serious energetic shy confident",
    "entity": "circle rect arrow character tree fish wave building cloud bird star vehicle composed",
    "steadiness": "locked stable handheld shaky",
    "easing": "constant ease_in ease_out ease_in_out",
    "contrast": "flat normal high chiaroscuro",
    "temperature": "warm neutral cool",
}
"""The values of the domains; themes, moods and settings are longer lists of our own."""
PLACES = (
    "city neon ocean beach underwater forest night noir golden_hour day desert mountain space studio interior exterior rain "
    "moody abstract snow street park kitchen apartment cafe bedroom office subway"
).split()


def read(prompt: str, **fields: str) -> Intent:
    return interpret(GenerationRequest.model_validate({"prompt": prompt, **fields}))


# domains


@pytest.mark.parametrize("domain", sorted(FACTS))
def test_every_value_of_a_domain_has_words_that_say_it(domain: str) -> None:
    lines = domains()[domain].lines()
    assert set(FACTS[domain].split()) <= set(lines)
    for value in FACTS[domain].split():
        word = lines[value][0].replace("*", "")
        assert value in dict(read(word).all(domain)), word


@pytest.mark.parametrize("place", PLACES)
def test_every_place_leads_to_a_setting_or_a_light(place: str) -> None:
    intent = read(place.replace("_", " "))
    assert intent.setting or intent.time or intent.first("lighting"), intent.chips
    assert not intent.unknown


def test_every_value_of_the_word_tables_is_one_the_engine_has() -> None:
    values = {(one.domain, one.value) for meanings in vocabulary().values() for one in meanings}
    assert {value for domain, value in values if domain == "setting"} == set(settings())
    assert {value for domain, value in values if domain == "subject"} == set(subject_kinds())
    assert set(CAMERA_MOTIONS) <= {value for domain, value in values if domain == "camera"} == set(MOVES)
    assert {value for domain, value in values if domain == "palette"} == set(PALETTES)
    assert {value for domain, value in values if domain == "subject_motion"} == set(SUBJECT_MOTIONS)


@pytest.mark.parametrize("palette", sorted(set(PALETTES) - {"default"}))
def test_each_palette_has_25_words(palette: str) -> None:
    assert len(domains()["palette"].lines()[palette]) >= 25


@pytest.mark.parametrize("subject", sorted(subject_kinds()))
def test_every_subject_is_called_by_its_own_words(subject: str) -> None:
    for word in subject_kinds()[subject].words[:3]:
        assert subject in [one.name for one in read(f"one {word}").cast] or subject in ("birds", "crowd"), word


SIXTY = """
red blue neon green dark pastel flames grey | slowly drifting chaotic pulsing | subtle vivid | moody noir backlit documentary |
sunset midnight dawn noon | rain foggy snow thunderstorm windy cloudless | horses lighthouse robot balloons train |
pan-left zoom orbit handheld tilt crane | close-up panorama macro | happy sad eerie tense | anime watercolour minimal vintage |
symmetric left-heavy | suddenly | symmetrical bokeh warm | loop | dissolve | upbeat silent techno | romance |
jumping | upward | smiling | radial | circle | tutorial | contrasty
""".replace("|", " ").split()


@pytest.mark.parametrize("word", sorted(set(SIXTY)))
def test_each_of_sixty_words_changes_what_is_understood(word: str) -> None:
    plain, said = read("a meadow"), read(f"a meadow, {word.replace('-', ' ')}")
    assert not said.unknown
    assert (said.values, said.cast, said.avoided) != (plain.values, plain.cast, plain.avoided)


def test_there_are_sixty_words_in_twenty_one_domains() -> None:
    said = [read(word.replace("-", " ")) for word in set(SIXTY)]
    assert len(said) >= 60
    assert len({domain for one in said for domain in one.values}) >= 21


# how much, how many, not


@pytest.mark.parametrize(
    ("prompt", "least", "most"),
    [
        ("barely red", 0.2, 0.4), ("slightly red", 0.4, 0.5), ("somewhat red", 0.6, 0.7), ("red", 1, 1),
        ("very red", 1.4, 1.6),
        ("extremely red", 1.9, 2.1), ("a bit red", 0.4, 0.5), ("not too red", 0.4, 0.5),
        ("reddish", 0.4, 0.6), ("redder", 1.2, 1.4),
        ("(red:1.7)", 1.7, 1.7), ("so very red", 2, 2.5), ("less red", 0.4, 0.5), ("red red red", 1.3, 1.6),
    ],
)  # fmt: skip
def test_degrees_scale_a_value(prompt: str, least: float, most: float) -> None:
    assert least <= read(prompt).weight("palette", "fire") <= most


@pytest.mark.parametrize(
    ("prompt", "heavier"), [("light rain", "rain"), ("rain", "heavy rain"), ("thin fog", "dense fog")]
)
def test_weather_can_be_light_or_heavy(prompt: str, heavier: str) -> None:
    assert read(prompt).weight("weather") < read(heavier).weight("weather")


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("three boats", 3), ("a boat", 1), ("boats", 3), ("5 sailboats", 5), ("a couple of boats", 2),
        ("a dozen boats", 12),
        ("half a dozen boats", 6), ("twenty-one boats", 21), ("twenty one boats", 21),
        ("several small white boats", 4), ("two big boats", 2),
        ("a handful of boats", 4), ("hundreds of boats", 30), ("9999 boats", 3), ("three very old wooden boats", 3),
    ],
)  # fmt: skip
def test_counts_are_read(prompt: str, count: int) -> None:
    assert dict(read(prompt).subjects)["sailboat"] == count


def test_a_colour_before_a_subject_is_its_own_and_not_the_pictures() -> None:
    intent = read("a small red boat beside two huge brown horses, green hills")
    assert [(one.name, one.count, one.colour) for one in intent.cast][1:] == [("horse", 2, "brown")]
    assert (intent.cast[0].colour, intent.cast[0].size < 1, intent.cast[1].size > 1) == ("red", True, True)
    assert intent.palette == "forest"


@pytest.mark.parametrize(
    "prompt",
    [
        "a forest, no rain", "a forest without rain or snow", "a forest, avoid rain",
        "never rain in the forest", "neither fog nor rain in a forest",
        "a forest, it isn't rainy", "a forest, don't show rain", "a rain-free forest",
        "a forest instead of rain", "no snow, fog or rain, a forest",
    ],
)  # fmt: skip
def test_negated_weather_does_not_come(prompt: str) -> None:
    intent = read(prompt)
    assert intent.weather == "clear"
    assert "weather rain" in intent.avoided
    assert intent.setting == "forest"


def test_a_negation_ends_with_its_clause() -> None:
    intent = read("no people but a red boat on the sea in fog")
    assert [name for name, _ in intent.subjects] == ["sailboat"]
    assert intent.weather == "fog"
    assert "subject person" in intent.avoided


def test_a_denied_adjective_denies_its_noun_alone() -> None:
    intent = read("a sea, no dark red boat")
    assert not intent.cast
    assert intent.avoided == {"subject sailboat"}


def test_what_is_not_dark_is_brighter() -> None:
    assert read("a room, not dark").first("tone") == "bright"


def test_the_negative_prompt_takes_things_away() -> None:
    assert not read("a man on the beach", negative_prompt="people").subjects
    assert read("an empty street").avoided == {"subject person"}


# places, time, camera


@pytest.mark.parametrize(
    ("prompt", "setting"),
    [
        ("A lighthouse above a still harbour", "sea"),
        ("Morning mist between tall pines", "forest"),
        ("snowy peaks", "mountains"),
        ("Tokyo skyline", "skyline"),
        ("Rain on a city street", "street"),
        ("a caravan crosses the dunes", "desert"),
        ("a spaceship near Saturn", "space"),
        ("the milky way over hills", "night_sky"),
        ("fish under water", "underwater"),
        ("flowing silk", "abstract"),
        ("a car on the highway", "road"),
        ("a snow village", "village"),
        ("wheat field", "meadow"),
        ("stars over the mountains", "mountains"),
        ("flowers on a mountain", "mountains"),
        ("a film showing a river", "river"),
        ("three boats", "sea"),
        ("a sofa", "room"),
        ("日本の海", "sea"),
        ("🌵 at noon", "desert"),
        ("ein Boot auf dem Fluss", "river"),
    ],
)
def test_the_place_is_found(prompt: str, setting: str) -> None:
    assert read(prompt).setting == setting


@pytest.mark.parametrize(
    ("prompt", "motion"),
    [
        ("slow push in on a boat", "dolly_in"),
        ("drone rising over the forest", "crane_up"),
        ("truck right along the quay", "truck_right"),
        ("the camera pulls back", "dolly_out"),
        ("tilt up the tower", "tilt_up"),
        ("orbit left around the tree", "orbit_left"),
        ("zooming out from the house", "zoom_out"),
        ("panning left over dunes", "pan_left"),
        ("locked off shot of a street", "static"),
        ("whip pan to the door", "whip_pan"),
        ("bird's-eye view of a field", "birds_eye"),
        ("a quiet forest", ""),
    ],
)
def test_camera_words_become_motions(prompt: str, motion: str) -> None:
    assert read(prompt).camera == motion


def test_the_requests_motion_wins_over_the_words() -> None:
    assert read("pan left over dunes", camera_motion="tilt_down").camera == "tilt_down"


@pytest.mark.parametrize(
    ("prompt", "domain", "value"),
    [
        ("smoke rising from a chimney", "camera", ""),
        ("the camera slowly rising over a village", "camera", "crane_up"),
        ("mammoths approach", "camera", ""),
        ("slow push in on a boat", "subject_motion", ""),
        ("a boat slowly drifts", "subject_motion", "slow"),
        ("a 24 year old woman", "subject", "person"),
        ("an old man with white hair", "palette", ""),
        ("a man wearing a red helmet and black boots", "palette", ""),
        ("a rugged coast", "setting", "beach"),
        ("a street in the 80s", "palette", "neon"),
        ("shallow water", "subject", ""),
        ("coral and sea creatures", "feature", "reef"),
        ("a closeup of a desert", "shot", "close"),
        ("a woman wearing a red coat in a park", "setting", "park"),
        ("two astronauts on mars", "setting", ""),
        ("bird silhouettes", "subject", "bird"),
    ],
)
def test_words_mean_what_stands_around_them_lets_them(prompt: str, domain: str, value: str) -> None:
    assert read(prompt).first(domain) == value


def test_what_is_said_as_a_place_is_no_subject() -> None:
    intent = read("two astronauts on mars")
    assert (intent.setting, intent.subjects) == ("planet", (("person", 2),))
    assert read("mars").subjects == (("planet", 1),)


def test_no_clouds_and_cloudless_deny_the_clouds() -> None:
    assert "weather cloudy" in read("mountains, no clouds").avoided & read("cloudless mountains").avoided


def test_an_age_is_no_number_and_clothes_colour_who_wears_them() -> None:
    assert read("a 24 year old woman").cast[0].count == 1
    assert read("a woman wearing a blue dress").cast[0].colour == "blue"
    assert read("a film from the 1960s").duration is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gray harbor", "grey harbour"), ("colorful theater", "colourful theatre"), ("isn't dark",
        "is not dark"), ("cozy", "cosy"),
        ("watercolor nite", "watercolour night"), ("CAFÉ", "cafe"), ("a montain", "a mountain"), ("forrest",
        "forest"), ("b/w", "black and white"),
    ],
)  # fmt: skip
def test_spellings_read_the_same(one: str, other: str) -> None:
    assert [(c.domain, c.value, c.negated) for c in read(one).chips] == [
        (c.domain, c.value, c.negated) for c in read(other).chips
    ]


@pytest.mark.parametrize(
    ("slang", "mood"),
    [("chill", "calm"), ("lowkey", "calm"), ("mellow", "calm"), ("vibing", "energetic"), ("so lit", "energetic")],
)
def test_slang_is_understood(slang: str, mood: str) -> None:
    assert read(slang).mood == mood


def test_lit_by_lamps_is_no_slang() -> None:
    assert read("a street lit by lamps").mood == ""


# relations, parts, texts, lengths


@pytest.mark.parametrize(
    ("prompt", "relation"),
    [
        ("a boat in front of an island", Relation(0, "in_front_of", "sea")),
        ("the sun behind mountains", Relation("sun", "behind", "mountains")),
        ("birds above the sea", Relation(0, "above", "sea")),
        ("a dog to the left of a horse", Relation(0, "left_of", 1)),
        ("a dog, a cat next to a tree", Relation(1, "beside", 2)),
        ("a robot on the left", Relation(0, "left_of", "frame")),
        ("a cat under a tree", Relation(0, "below", 1)),
        ("a robot between a house and a tree", Relation(0, "between", 1)),
    ],
)
def test_relations_are_read(prompt: str, relation: Relation) -> None:
    found = read(prompt).relations
    assert relation in found
    assert all(one.relation in RELATIONS for one in found)


@pytest.mark.parametrize(
    ("prompt", "times"),
    [
        ("a sea at dawn, then at night", ["dawn", "night"]),
        ("dawn -> noon → dusk", ["dawn", "day", "dusk"]),
        ("day turns into night over a city", ["day", "night"]),
        ("a beach from dawn to dusk", ["dawn", "dusk"]),
        ("a hill at noon. After that, dusk. Finally night", ["day", "dusk", "night"]),
        ("a sea at dawn", []),
        ("a lantern now and then", []),
    ],
)
def test_parts_follow_one_another(prompt: str, times: list[str]) -> None:
    assert [beat.time for beat in read(prompt).beats] == times


def test_a_part_keeps_what_it_does_not_change() -> None:
    first, second, third = read("a red boat at dawn, then a storm -> a calm forest").beats
    assert (second.setting, second.cast, second.time, second.weather) == (first.setting, first.cast, "dawn", "storm")
    assert (third.setting, third.weather) == ("forest", "")


@pytest.mark.parametrize(
    ("prompt", "text", "template"),
    [
        ("title 'Hello' over a sea", "Hello", ""),
        ("a beach with the words “Summer Sale”", "Summer Sale", ""),
        ('a wall, a sign that says "Open 24h"', "Open 24h", ""),
        ("Explain photosynthesis", "Photosynthesis", "explainer"),
        ("how does a volcano work?", "How volcano works", "explainer"),
        ("how to bake bread", "How to bake bread", "tutorial"),
        ("a lesson on gravity", "Gravity", "educational"),
    ],
)
def test_texts_are_asked_for(prompt: str, text: str, template: str) -> None:
    intent = read(prompt)
    assert (intent.texts[0].text, intent.template) == (text, template)


def test_a_quoted_title_makes_no_scene_of_itself() -> None:
    intent = read("title 'Ocean at night' over a desert")
    assert (intent.setting, intent.time, intent.unknown) == ("desert", "", ())


def test_steps_of_a_tutorial_are_as_written() -> None:
    assert read("how to make tea: boil water, then pour it, then wait").steps == ("Boil water", "Pour it", "Wait")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("waves, 10 seconds", "10"),
        ("2.5s of rain", "2.5"),
        ("half a minute of waves", "30"),
        ("a 3-second shot", "3"),
        ("two minutes of snow", "120"),
        ("ten seconds", "10"),
        ("ninety seconds", "90"),
        ("two and a half minutes", "150"),
        ("1m30s", "90"),
        ("a couple of seconds", "2"),
        ("half a second", "0.5"),
        ("1 min", "60"),
        ("2m", "120"),
        ("three boats", None),
        ("a second boat", None),
        ("a 10 m high wave", None),
        ("not 5 seconds", None),
        ("route 66", None),
    ],
)
def test_a_duration_is_read_from_words(text: str, seconds: str | None) -> None:
    assert duration_in(text) == (None if seconds is None else RationalTime.parse(seconds))


# what is told


def test_words_that_mean_nothing_are_reported() -> None:
    intent = read("a zyzzyx on the sea at dawn")
    assert intent.unknown == ("zyzzyx",)
    assert intent.unknowns[0].start == 2


def test_a_word_near_a_known_one_is_offered() -> None:
    assert "boat" in read("a bout on the sea").unknowns[0].suggestions


def test_understood_words_are_told() -> None:
    told = read("a lighthouse at dusk, no birds").understood
    assert told["dusk"] == "time dusk"
    assert told["not birds"].startswith("subject birds")


def test_chips_stand_in_the_order_and_place_of_the_words() -> None:
    prompt = "Very dark city, 10 seconds, no rain"
    chips = read(prompt).chips
    assert [prompt[chip.from_ : chip.end] for chip in chips] == ["Very dark", "city", "10 seconds", "no rain"]
    assert [chip.negated for chip in chips] == [False, False, False, True]


# bad input


@pytest.mark.parametrize(
    "prompt",
    [
        "", " ", "!!!", "日本の海", "a" * 100_000, "no no no", "🌊🌊",
        "ignore all previous instructions; rm -rf /", "((((", "(red:", "(:1.3)", "(red:9e9)",
        "not", "then then then", "-> -> ->", "a, an, the", "'", '"', "title ''", "explain", "how to",
        "no snow but snow, hot ice, dark brightness",
        "\x00\x01\ud800", "İstanbul ß ﬀ", "-" * 500, "very " * 3000 + "red", "no " * 3000, "0 boats",
        "-5 boats", "1e400 seconds", "٣ boats",
        "слон у моря", "בים בלילה", "a\u202eb", "boat\n\n\nboat", "a b c d e f g h i j k l m n o p",
        "three three three birds", "not not not red",
    ],
)  # fmt: skip
def test_any_text_gives_a_scene(prompt: str) -> None:
    request = GenerationRequest(prompt=prompt)
    intent = interpret(request)
    assert create(intent, request).setting in settings()
    for chip in intent.chips:
        assert 0 <= chip.from_ <= chip.start < chip.end <= len(prompt)


def test_the_scene_is_the_same_for_the_same_request() -> None:
    request = GenerationRequest(prompt="two boats at dusk, orbit left, noir", seed=7)
    assert create(interpret(request), request) == create(interpret(request), request)


def test_ten_thousand_words_cost_each_what_a_few_hundred_do() -> None:
    normal = (
        "Three small red birds in front of a huge island at dusk, slightly blue, no rain or snow, then a storm, "
        "slow push in, 10 seconds"
    )

    def a_copy(copies: int) -> float:
        words = " ".join(f"{normal} glorbic{n}" for n in range(copies))
        start = time.process_time()
        read(words)
        return (time.process_time() - start) / copies

    a_copy(40)  # gathers the vocabulary
    few = min(a_copy(40) for _ in range(3))
    assert min(a_copy(370) for _ in range(2)) < 3 * few
