"""Style: how it is drawn and graded."""

from __future__ import annotations

from engines.generate.procedural.interpret.domain import Domain

WORDS = """
cinematic: cinematic, filmic, movie, blockbuster, anamorphic, teal and orange, hollywood, cinematography, movie
  still, cinema, imax, arri, feature film
abstract: abstract style, abstracted, non-representational, abstract art, expressionist, kandinsky, generative art,
  abstract
minimal: minimal, minimalist, minimalistic, simple, clean, plain, flat design, simplistic, bare, uncluttered, vector
  art, flat style, flat colours, material design, motion graphics, minimalism
realistic: realistic, photorealistic, photo, real, lifelike, photograph, photographic, true to life, photoreal,
  realism, hyperrealistic, natural look, naturalistic, live action
anime: anime, ghibli, manga, cel shaded, cel-shaded, japanese animation, anime style, miyazaki, makoto shinkai,
  studio ghibli, chibi
cartoon: cartoon, comic, illustrated, storybook, picture book, toon, cartoonish, animated cartoon, comic book,
  pixar, disney, children's book, kawaii, caricature, illustration style, hand drawn, hand-drawn, pop art
noir: noir, film noir, black and white, monochrome, detective story, greyscale, noirish, sin city, b/w
documentary: documentary, nature film, reportage, docu style, news footage
vintage: vintage, 1950s, 50s, 1940s, 1930s, 1920s, 1890s, retro film, old film, super 8, sepia, analogue, seventies,
  faded, 70s, 1970s, 1960s, 60s,
  nostalgic look, aged, antique, old-fashioned, polaroid, home movie, super8, vhs, silent film, retro, 8mm, old
  movie, daguerreotype, kodachrome
neon: neon, cyberpunk, synthwave, vaporwave, tron, retrowave, outrun, blade runner, eighties, 80s, glow in the dark
moody: moody, gritty, low key, low-key, brooding, grunge, bleach bypass
dreamy: dreamy, dreamlike, ethereal, soft focus, surreal, hazy look, glow filter, fairy tale, fairytale, bloom
  filter
golden_hour: golden hour look, golden light
watercolour: watercolour, watercolour painting, aquarelle, water colour, gouache, painterly, painted, ink wash,
  brush stroke, painting, oil painting, impressionist, impressionism, monet, van gogh, turner, hand painted,
  hand-painted, canvas
low_poly: low poly, low-poly, polygonal, faceted, lowpoly, voxel, geometric style, origami style, video
  game, triangulated
paper: paper, papercraft, paper cut, papercut, paper-cut, paper cutout, cut-out, cutout, cut paper, collage, paper
  collage,
  origami, paper craft, cardboard, scrapbook, stop motion, stop-motion, felt, claymation, torn paper, layered paper
film: film grain, grainy, film stock, 35mm, 16mm, 70mm, kodak, celluloid, analogue film, shot on film, grain,
  portra, cinestill, halation
"""

DOMAIN = Domain(
    "Style",
    WORDS,
    rank=20,
    default="cinematic",
)
