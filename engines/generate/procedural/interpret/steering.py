"""Words that say nothing by themselves but steer what follows: how much, not, where, then; and those that are
passed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple


class Steer(NamedTuple):
    """What a phrase does: `kind` is degree, deny, relation, frame, size, strength, less, end or quiet; `value` says
    which or how much."""

    kind: str
    value: str = ""
    amount: float = 1.0
    length: int = 1


NOT_STEERED = Steer("", length=0)

DEGREES = """
0.3: barely, hardly, scarcely, faintly, a hint of, a touch of, a trace of, a tinge of, a whisper of, a dash of, ever
  so slightly, hint of, touch of,
  hints of
0.45: slightly, a little, a bit, a little bit, a bit of, a tad, mildly, marginally, subtly, lightly, less, not very,
  not too, not so, not that, not
  overly, not really, slight
0.65: somewhat, moderately, fairly, partly, half, kind of, sort of, reasonably, partially, semi, relatively
1.0: rather, quite, pretty
1.25: more, mostly, mainly, noticeably, clearly, particularly, increasingly, plenty of, largely, predominantly,
  decidedly
1.5: very, really, so, much, highly, strongly, lots of, a lot, much more, truly, especially, deeply, heavily,
  richly, wonderfully, remarkably, real,
  lot of, a lot of, way, wildly, terribly, most, awfully, hugely, loads of, full of, seriously
1.8: super, ultra, totally, completely, entirely, too, incredibly, wholly, absolutely, utterly, all, thoroughly,
  overly, insanely, amazingly, full-on
2.0: extremely, exceedingly, intensely, hyper, maximally, as possible, extraordinarily, exceptionally, the most,
  overwhelmingly
"""

STRENGTHS = """
0.5: light, thin, faint, weak, slight, scattered, patchy, wispy, little, fine, gentle, soft, distant, occasional
1.5: heavy, thick, dense, strong, fierce, torrential, driving, big, huge, pouring, deep, severe, serious, great,
  massive, howling, raging
"""
"""How much rain, fog or wind: said before weather alone."""

SIZES = """
0.5: tiny, minuscule, teeny, miniature, minute, toy, diminutive, microscopic, smol
0.7: small, little, short, petite, baby, mini, compact, slim
1.3: big, large, tall, grand, sizeable, great, long, hefty, thick, wide, fat
1.6: huge, massive, enormous, mighty, vast, towering, oversized, monumental, imposing
1.9: giant, gigantic, colossal, gargantuan, immense, humongous, titanic
"""

RELATIONS = """
in_front_of: in front of, before, ahead of, facing, in the foreground of
behind: behind, in back of, at the back of, beyond, past, hidden by
left_of: left of, to the left of, on the left of, at the left of, on the left side of, left from
right_of: right of, to the right of, on the right of, at the right of, on the right side of, right from
above: above, over, on top of, atop, upon, high above, up above, hovering over
below: below, under, beneath, underneath, at the foot of, at the bottom of
beside: beside, next to, near, by, alongside, close to, at the side of, with, adjacent to, along, around, at the
  edge of, not far from
inside: inside, in, within, into, on board, amid, among, amidst, in the middle of, at, on
between: between, in between
"""

FRAMES = """
left_of: on the left, at the left, to the left side, on the left side, in the left third, left of frame, frame left,
  on the left hand side, at left
right_of: on the right, at the right, to the right side, on the right side, in the right third, right of frame,
  frame right, on the right hand side, at right
above: at the top, in the upper half, in the upper third, high in the frame, overhead in the frame
below: at the bottom, in the lower half, low in the frame, at the bottom of the frame
behind: in the background, in the distance, far away, far off, in the far distance, on the horizon, in the back, at
  the back
in_front_of: in the foreground, up front, in front, in the front
inside: in the middle, in the centre, at the centre, in the middle of the frame, in the centre of the frame, centre
  frame, dead centre
"""

DENIALS = """
not, no, never, without, avoid, avoiding, nobody, none, except, excluding, minus, lacking, zero, neither, nor,
exclude, omit, skip, remove,
instead of, rather than, free of, devoid of, absent, no more, no longer, stop, sans, lacks, missing, don't, isn't,
anything but, other than,
do not show, do not want, void of, clear of, apart from, nothing
"""

ENDS = """
but, with, just, only, however, instead, while, although, though, yet, rather, featuring, showing, plus, still
"""

PASSED_PHRASES = """
no doubt, without a doubt, without doubt, no matter, not only, not just, not least, now and then, every now and
then, of course, such as, as well as,
as if, as though, as well, even though, no one knows, not to mention, at least, at last, at all, for example, at
first, so that, in order to,
as a, like a, such a, what a, kind of a, once upon, in the style of, style of, look and feel, the kind of, a film
of, a shot of, a scene of, shot of,
out of, up to, one of, all of, most of, any of, none of the, some of, each other, one another, a piece of, a sheet
of, full hd, hi, hello, i want,
i would like, can you, could you, would you, make me, show me, give me, there is, there are, it is, this is, in a
way, by the way, from time to time,
ignore all previous instructions, no less, so much, as much, as long as, as soon as, from above the, time to
"""

PASSED = frozenset(
    """
raincoat scarf cap gown robe sweater jumper shoes cape cloak text shadow shadows wooden steep spraying curling seed
size sweeping ruined till flag planting web cycle a an the of on in at to for from with by and or as is are was were
be being been am its it this that these those into onto over under above below behind before after while during
through across along near next beside between against around up down out off then there where when who whose whom
which what why how very quite rather some any all each every few one another other others more most much many just
only also too so but yet than like such own same his her hers their theirs our ours my mine your yours him he she
them us we they i you me shot shots scene scenes view views camera video clip clips footage picture image frame
films film showing shows show seen see sees seeing look looks looking looked moving move moves moved motion movement
make made makes making create creates created generate generated please want wants would can could should shall will
may might must let lets sky skies light lights has have had having do does did done doing far away long tall large
small big little old young new nice great gorgeous stunning beautiful lovely pretty amazing awesome perfect best
good better fine cool style styled mood feel feels feeling atmosphere sense touch hint bit full first last second
seconds minute minutes low high deep time times hour hours colour colours coloured part parts side sides middle
centre foreground distance distant background backdrop back front top bottom left right set sets setting rising
nobody nothing anything everything something someone toward towards upon within gives give giving go goes going gone
come comes coming came lie lies lying sit sits sitting sat stand stands standing stood end ends ending begin begins
beginning start starts starting animation animated illustration scenery landscape outdoors outside without no not
never avoid none about amid among amidst until once again always often sometimes ever even almost nearly maybe
perhaps really actually simply still already now here today soon later ago back-and-forth both either neither nor if
because since though although however thus hence vs versus etc e.g i.e ok okay oh ah hey yes yeah well ok-so thing
things stuff kind sort type way ways lot lots bunch number piece pieces line lines whole entire half double triple
quality high-quality 4k 8k hd uhd 1080p 720p hdr detailed detail-rich intricate masterpiece award-winning
professional resolution render rendered rendering unreal engine octane artstation trending ultra prompt duration
length aspect ratio fps frames per 60fps 30fps 24fps hang hangs hanging hold holds holding held keep keeps keeping
kept put puts take takes taking taken took turn turns turning turned leave leaves-behind become becomes becoming get
gets getting got find finds found use uses using used need needs try tries seem seems seemed appear appears
appearing appeared reach reaches reaching reached enter enters entering pass passes passing passed wait waits
waiting stay stays staying stayed bring brings brought carry carries carrying call calls called named known say says
saying said tell tells told think thinks know knows watch watches watching watched hear hears listen listens live
lives living stretch stretches stretching stretched cover covers covered covering fill fills filled filling surround
surrounds surrounded lit lined dotted scattered set-against open opens opening opened close-by shut shuts wide-open
wear wears wearing wore dressed face faces facing point points pointing hand hands arm arms head eye eyes foot feet
body hair lead leads leading made-of built build builds work works working worked play plays playing played want-to
able across-from above-ground thick thin huge tiny giant enormous massive vast mighty wide narrow short round
smooth-ish ancient-looking simple-ish majestic-looking another-one behind-it together apart alone-time underneath
beneath beyond past inside outside-of overhead its-own thru via plus minus than-ever day's world earth place places
spot area region land ground surface air space-y heavy strong weak fierce different various certain particular
special main single typical usual normal regular common real ready next-to few-seconds moment moments while-ago
meanwhile during-the finally afterwards eventually suddenly-then towards-the must-have s t re ve ll d m looks-like
seems-like tone toned tones palette hue hues shade shades tint tinted tinge effect effects filter look-and-feel vibe
vibes aesthetic aesthetics kinda sorta feat inspired based themed theme focus focused focusing emphasis angle
perspective composition framing wearing-a its' itself himself herself themselves myself yourself ourselves whatever
whenever wherever whoever let's lots-of aspect-ratio style-of mode level amount explain explains explaining
explained teach teaches tutorial lesson learn learning features feature year years directly stylish fluffy owner
demanding feeding floor rife eve trail knitted wool wooly woolly fur beard skin dress shirt coat hat jacket suit
helmet boots gloves trousers jeans skirt clothes outfit uniform step steps cross crosses crossed crossing approach
approaches approaching rise rises descend descends ascend sink sinks crash crashes crashing pour pours poured
struggle struggles struggling demand shallow rugged ruggedly melt melts melting year-old years-old adorned decorated
nestled perched overlooking ein eine einen einem einer der das dem den des und mit auf bei im von zu uber unter ist
sind un une le la les du et avec sur dans el los las del y con en il lo gli di uno una nel nella sul sulla um uma os
na
    """.split()
)


def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Phrases between commas, each as its words."""
    return tuple(tuple(one.split()) for one in text.replace("\n", " ").split(",") if one.strip())


def _lines(text: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found = {}
    for line in text.strip().replace("\n  ", " ").splitlines():
        value, _, words = line.partition(":")
        found[value] = phrases(words)
    return found


@cache
def _table() -> Mapping[tuple[str, ...], Steer]:
    found: dict[tuple[str, ...], Steer] = {}

    def add(words: tuple[str, ...], steer: Steer) -> None:
        found.setdefault(words, steer._replace(length=len(words)))

    for words in phrases(PASSED_PHRASES):
        add(words, Steer("quiet"))
    for value, listed in _lines(FRAMES).items():
        for words in listed:
            add(words, Steer("frame", value))
    for value, listed in _lines(DEGREES).items():
        for words in listed:
            add(words, Steer("degree", "", float(value)))
    for words in phrases(DENIALS):
        add(words, Steer("deny"))
    for value, listed in _lines(RELATIONS).items():
        for words in listed:
            add(words, Steer("relation", value))
    for words in phrases(ENDS):
        add(words, Steer("end"))
    return MappingProxyType(found)


@cache
def _starts() -> frozenset[str]:
    return frozenset(words[0] for words in _table() if len(words) > 1)


def steer_at(words: Sequence[str], at: int) -> Steer:
    """The longest steering phrase that starts at a word."""
    table, first = _table(), words[at]
    if first in _starts():
        for length in range(min(6, len(words) - at), 1, -1):
            if found := table.get(tuple(words[at : at + length])):
                return found
    return table.get((first,), NOT_STEERED)


@cache
def _amounts(text: str) -> Mapping[str, float]:
    return {words[0]: float(value) for value, listed in _lines(text).items() for words in listed}


def size_of(word: str) -> float:
    """What an adjective of size multiplies a subject's height by; 0 for any other word."""
    return _amounts(SIZES).get(word, 0.0)


def strength_of(word: str) -> float:
    """How much weather an adjective asks for; 0 for any other word."""
    return _amounts(STRENGTHS).get(word, 0.0)
