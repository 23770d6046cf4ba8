"""The English that stands around a date in a caption or a fact check, and says nothing of it.

A remark is read only if every word of it in lower case is one of these, a month, or a small
word of :mod:`~provenance.dates.languages.english`: a word that nobody here knows may turn the
date round ("después de 2016" is after it).
"""

from __future__ import annotations

from typing import Final

_SMALL: Final = """
a an again and any are as at be been being but by did do does due each for from had has have her his
human i in just least multiple shortly soon
into is it its itself many most of off on one only or other our out over per same
several she some such than that the their them then there these they this those to two three four
five too under up was we were where which while who whose will with within without also another both
during when via throughout among amid about because where however according first second third
fourth fifth last original originally actual actually real really true main top bottom left right
upper lower same certain specific exact exactly similarly various
respectively depending upon recent recently current currently ongoing earliest old new official
respective latest likely back
"""

_PICTURES: Final = """
image images photo photos photograph photographs picture pictures pic pics video videos clip clips
footage still stills frame frames screenshot screenshots screengrab collage composite thumbnail
thumbnails cover poster file version copy copies part parts film movie documentary episode scene
scenes album gallery visual visuals visual's illustration cartoon graphic
"""

_WHERE: Final = """
article articles report reports story stories post posts tweet tweets thread page pages site
sites website websites web internet online account accounts profile channel blog blogs newspaper
news magazine agency press media social network platform platforms stock database archive archives
library server link links source sources channel channels
"""

_DONE: Final = """
taken took take taking shot captured clicked photographed filmed recorded made created produced
published publishes publishing uploaded upload posted posting shared sharing released release
broadcast aired printed circulated circulating circulation circulates used using use reused featured
features appeared appears appear appearing surfaced surfaces emerged found seen shown showing show
shows displayed available existed exists existing exist went gone goes viral dated date dates dating
depicted depicting depicts happened happens occurred occurs took place held consists consist
including includes include included range ranges ranging vary varies stated states said says
mentioned mentions known traced credited verified demanding titled called named related relation
inaugurated opened publication
launched broken involving injured corresponds belongs comes come came shot featuring visited
"""

_EVENTS: Final = """
event events incident incidents occasion time times period year month week weekend day days' night
morning evening anniversary celebration celebrations ceremony campaign campaigns conference
festival festivals festivities exhibition exhibit match game semifinal final cup tournament race
election elections electoral poll polls opinion result results referendum rally rallies march
protest protests demonstration demonstrations strike strikes riot riots clash clashes unrest
uprising revolution coup war wars conflict conflicts battle fighting invasion occupation attack
attacks bombing airstrike airstrikes shelling explosion blast massacre killing death funeral mass
grave missile missiles rocket rockets tank tanks jet jets fighter fighters plane planes helicopter
ship drone drones appointment removal district chairperson chairman officer actor leader political
earthquake flood floods flooding storm cyclone hurricane tsunami fire fires wildfire wildfires
eruption drought famine crash accident accidents disaster crisis emergency pandemic epidemic
outbreak lockdown curfew wave vaccination visit visits trip tour meeting summit speech interview
session launch opening launching construction excavation excavations programme program project
scheme government tenure term minister president prime presidential general parliamentary assembly
army police force forces military soldiers troops people person man woman women men child children
girl boy baby family families group crowd victims refugees migrants workers farmers farmers'
farmer students airport station bridge road roads street city town village country border state
university school hospital building house temple mosque church market context
statement story empty heavy traffic joint real animal
"""

HARMLESS: Final = frozenset(f"{_SMALL} {_PICTURES} {_WHERE} {_DONE} {_EVENTS}".split())
"""Words that may stand beside a date and change nothing about it."""

EARLIER: Final = frozenset(
    {"before", "prior", "earlier", "previously", "ahead", "preceding", "until", "till", "pre"}
)
"""With one of these, apart from the date, what is dated lies before what the date is of."""

LATER: Final = frozenset(
    {"after", "since", "following", "later", "onwards", "onward", "starting", "started", "began"}
)
"""With one of these it lies after it."""

VAGUE: Final = frozenset({"around", "approximately", "roughly", "circa", "close", "near"})
"""With one of these the date is only about that of something else."""

PERHAPS: Final = frozenset({"presumably", "probably", "possibly", "perhaps", "maybe"})

UNKNOWN: Final = frozenset({"unknown", "unclear", "unavailable", "undated", "unspecified"})
NOT_KNOWN: Final = frozenset({"clear", "clearly", "available", "specified", "given", "sure"})
"""After "not": that the date is not known."""

NO_DATE: Final = frozenset({"specific", "exact", "date", "dates"})
"""After "no": the same."""
