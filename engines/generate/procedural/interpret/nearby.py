"""Words that the engine does not draw, each with the nearest thing it does: a table, the same everywhere, no
model."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NEAREST = """
room: sofa couch armchair chair carpet rug wardrobe bed pillow blanket hallway corridor bathroom bathtub cellar
  attic loft nursery dormitory wallpaper ceiling fridge kitchenette study den dining lobby reception
kitchen: cook pizzeria canteen
cafe: coffeehouse tearoom
office: workspace
library: bookshelf bookcase bookshop archive
street: tramway zebra-crossing manhole graffiti gutter lamppost skateboard skater scooter bazaar passage quarter
  neighbourhood suburb suburban borough plaza piazza
subway: turnstile escalator
city: capital municipality chicago sydney dubai singapore seoul bangkok mumbai madrid rome vienna moscow istanbul
  amsterdam prague lisbon barcelona toronto boston seattle miami vegas beijing osaka kyoto cairo lagos
sea: coastal offshore maritime nautical naval mediterranean caribbean atlantic pacific baltic seascape seafront
  saltwater
  brine seagoing ahoy whirlpool buoy seafaring foam
beach: sandcastle seashell lifeguard surfer surfboard hammock bikini resort vacationer maldives hawaii bali ibiza
  riviera copacabana
harbour: anchor shipyard fisherman fishermen
lake: lakefront rowing
river: ganges amazonas nile danube rhine thames seine mississippi delta weir waterwheel torrent gorge
waterfall: cascade cataract niagara
mountains: hilltop foothills everest matterhorn kilimanjaro fuji pyrenees caucasus cliffside crater mountaineer
  climber expeditioner sherpa skier snowboarder ski slope col massif plateau
volcano: vesuvius etna caldera
snow: igloo sled sledge sleigh snowball snowman snowmobile avalanche icebound hoarfrost
winter: mittens scarf skates ice-skating yule
snowfield: siberia iceland greenland alaska iceberg penguin
forest: copse bush hedge shrub bramble mushroom toadstool acorn squirrel bear badger hedgehog boar lumberjack
  ranger hollow glade treetop treehouse
jungle: vine ivy monkey gorilla toucan snake python crocodile chimpanzee bamboo borneo congo
meadow: haystack tractor sheep lamb goat pig hen chicken rooster rabbit bunny hare bee ladybird beetle
  grasshopper shepherd scarecrow pastureland clover ranch paddock picnic kite savannah savanna moor heath
park: swing slide seesaw greenery sandpit zoo
desert: namib mojave arizona nevada utah egypt sphinx scorpion lizard tumbleweed bedouin nomad mirage drought barren
  wasteland wild-west cowboy saloon
space: cosmonautics hyperspace wormhole supernova quasar telescope satellite alien aliens extraterrestrial
  astronomer zero-gravity weightless spacewalk nasa interplanetary intergalactic
planet: pluto uranus callisto europa titan
rocket: launchpad booster countdown spaceflight
underwater: snorkeller scuba abyss mermaid atlantis lobster starfish seahorse clam oyster plankton shipwreck
  submerged anemone
stage: singer band guitarist drummer musician actor actress comedian theatrical playhouse circus clown magician
  podium microphone
factory: machine machinery conveyor gear gears cog engine pipeline welding
abstract: blob plasma noise particle particles fractal kaleidoscope mandala pigment emulsion
geometric: tessellation grid lattice mosaic checkerboard spiral helix labyrinth maze rhombus octagon
blueprint: sketch floorplan
road: autobahn interstate route-66 hitchhiker roadside freeway crossroad roundabout
village: thatched parish chapel churchyard bavaria tuscany provence
night: nocturne insomnia firework fireworks vampire werewolf bat bats
dawn: dewy dew
morning: brunch waking
dusk: evenfall vesper
day: noontime summertime summer
storm: whirlwind blitz maelstrom
rain: rubber-boots gumboots
fog: dust dusty steam brume miasma
autumn: pumpkin thanksgiving chestnut
flower: petunia geranium hyacinth magnolia jasmine marigold carnation chrysanthemum peony bouquet bud garland
tree: sapling bonsai cypress poplar elm linden baobab eucalyptus sycamore
palm: coconut
house: mansion bungalow homestead estate manor residence dwelling pavilion shack gazebo
tower: cathedral mosque minaret monument obelisk spire pagoda temple shrine monastery abbey landmark
castle: citadel stronghold château chateau
bird: wren finch canary peacock flamingo heron hummingbird kingfisher duck turkey ostrich vulture condor magpie
  woodpecker cockatoo albatross
dog: poodle beagle dachshund bulldog chihuahua spaniel collie dalmatian corgi
cat: panther leopard tiger lynx cheetah lion lioness cougar puma
horse: bison buffalo bull cattle cow donkey mule zebra jockey cavalry rider equestrian
deer: roebuck caribou ibex chamois
fish: herring tuna mackerel carp cod eel stingray piranha sardine
jellyfish: cuttlefish
car: suv limousine limo wagon roadster motorcar racecar ferrari porsche tesla bmw mercedes audi toyota ford
  volkswagen
truck: tanker bulldozer excavator
bicycle: tricycle motorbike motorcycle moped vespa velodrome
train: monorail bullet-train shinkansen railcar carriage railroad rails
plane: boeing airbus cockpit pilot runway airport takeoff helicopter chopper seaplane
sailboat: speedboat motorboat lifeboat catamaran trawler galleon frigate windsurfer pirate pirates raft
ferry: cargo tugboat battleship warship titanic
balloon: zeppelin blimp
robot: cyborg terminator automaton mech
person: nurse doctor policeman policewoman firefighter soldier scientist professor student artist painter writer
  poet baby teenager adult neighbour colleague boss businessman businesswoman waiter waitress tailor gardener
  carpenter mechanic driver passenger athlete footballer player boxer gymnast skateboarder monk nun priest prophet
  witch warrior samurai ninja viking ghost zombie skeleton fairy angel mannequin statue boyfriend girlfriend husband
  wife cousin grandma grandpa grandchild twins villain superhero
crowd: busy bustling crowded packed populated swarming festivalgoers congregation rally protest army troops passengers
ball: bead bowling snooker billiard golf volleyball
book: manuscript scroll encyclopedia dictionary album
cup: glass jar bowl goblet chalice wine beer drink beverage milk juice teapot kettle
product: cosmetics lipstick sneaker shoe shoes handbag watch wristwatch jewel jewellery sunglasses headphones
  merchandise item
phone: screen monitor keyboard gadget app website television
fire: torch match lighter fireball firestorm wildfire hearth furnace kindling
fountain: geyser waterspout sprinkler
moon: moonrise eclipse
lighthouse: lightship
umbrella: raincover canopy
neon: hologram holographic led glowstick discotheque nightlife karaoke casino hacker matrix
vintage: gramophone typewriter rotary grandfather-clock victrola jukebox
happy: elated glad jubilant euphoric carefree
calm: composure hush repose unwinding
melancholic: downcast dejected grieving homesick heartache weary despair despairing
mysterious: clandestine shadowed obscure hidden veiled hypnotic phantom
tense: alarming panicked panic hostile claustrophobic gripping nail-biting
energetic: zealous frenzied pumped athletic
romantic: amorous flirty candle-lit
hopeful: aspiring aspirational encouraged faithful
bright: blinding
dark: lightless tenebrous unilluminated
warm: fireside sun-baked
cool: nippy
fast: blistering expeditious
slow: sluggish dawdling ponderous unrushed
red: reddened rouge cardinal vermillion rosso
blue: bluest lapis
green: greenest avocado celadon
purple: aubergine eggplant mulberry grape
orange: carrot persimmon
pink: bubblegum
yellow: lemon lemony mustard saffron
grey: gunmetal cement concrete
white: alabaster milky chalky
black: coal tar soot
"""

_FOREIGN = """
sea: meer mer mar oceano
beach: plage playa spiaggia praia
mountain: berg berge gebirge montagne montana montagna montanha
forest: wald foret bosque bosco floresta
city: stadt ville ciudad citta cidade
street: strasse straße rue calle strada rua
river: fluss fleuve rivière rio fiume
lake: lac lago
desert: wüste wueste desierto deserto
snow: schnee neige nieve neve
rain: regen pluie lluvia pioggia chuva
night: nacht nuit noche notte noite
sunset: sonnenuntergang abendrot coucher atardecer tramonto
sunrise: sonnenaufgang amanecer alba
morning: morgen matin mañana mattina manhã
sun: sonne soleil sole
moon: mond lune luna lua
star: sterne étoile estrella stella
boat: boot schiff bateau barco barca
bird: vogel vögel oiseau pajaro uccello passaro
dog: hund chien perro cane cachorro
cat: katze chat gato gatto
horse: pferd cheval caballo cavallo cavalo
fish: fisch fische poisson pez pesce peixe
tree: baum bäume arbre arbol albero arvore
house: haus maison casa
flower: blume blumen fleur fior fiore
woman: frau femme mujer donna mulher
man: mann homme hombre uomo homem
child: kind kinder enfant nino bambino criança
red: rot rojo rosso vermelho
blue: blau bleu azul blu
green: grün gruen vert verde
black: schwarz negro nero preto
white: weiss weiß blanc blanco bianco branco
fog: steam nebel brouillard niebla nebbia
storm: sturm gewitter tempête tormenta tempesta
fire: feuer feu fuego fuoco fogo
calm: ruhig tranquillo tranquilo
slow: langsam lentement lento
fast: schnell rapide rapido veloce
dark: dunkel oscuro escuro
bright: hell brillante luminoso
space: weltraum weltall espace espacio spazio
"""

_SIGNS = """
海 sea;山 mountain;森 forest;林 forest;川 river;河 river;湖 lake;夜 night;雨 rain;雪 snow;空 clouds;街 city;
城 castle;星 star;月 moon;日 day;花 flower;犬 dog;狗 dog;猫 cat;鳥 bird;鸟 bird;魚 fish;鱼 fish;船 boat;車 car;车 car;
火 fire;木 tree;樹 tree;树 tree;風 wind;风 wind;雲 cloud;云 cloud;霧 fog;雾 fog;春 spring;夏 summer;秋 autumn;
冬 winter;朝 morning;人 person;馬 horse;马 horse;赤 red;红 red;青 blue;蓝 blue;緑 green;绿 green;黒 black;黑 black;
白 white;家 house;道 road;島 island;岛 island;
"""


def _table(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.strip().replace("\n ", " ").splitlines():
        target, _, words = line.partition(":")
        for word in words.split():
            found.setdefault(word, target)
    return found


NEARBY: Mapping[str, str] = MappingProxyType(_table(_NEAREST))
"""English words."""
FOREIGN: Mapping[str, str] = MappingProxyType(_table(_FOREIGN))
"""The commonest words of five other languages."""
SIGNS: Mapping[str, str] = MappingProxyType(
    dict(entry.split(" ", 1) for entry in _SIGNS.replace("\n", "").split(";") if entry)
)
"""Chinese characters, which write words without spaces between."""
