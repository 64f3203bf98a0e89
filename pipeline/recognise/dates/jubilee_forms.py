"""The forms of jubilees, as regular expressions made of pieces: see ``jubilee`` for what they mean."""

from __future__ import annotations

# A pattern (of lower case) without which the form need not be tried, how far the form can reach before and
# after the beginning of that, and the form itself.
Form = tuple[str, int, int, str]
Forms = tuple[list[Form], list[Form]]


def forms(lang: str, pieces: dict[str, str]) -> Forms:
    """Return the forms of a language: first the feasts, then those that count from the day of writing."""
    return _german(pieces) if lang == "de" else _english(pieces)


def _german(p: dict[str, str]) -> Forms:
    opening = r"(?:^|(?<=[:–•|] )|(?<=[„\"(]))"
    feast = r"(?:[Ff]eier|[Jj]ubiläum|[Pp]artnerschaft|[Ff]reundschaft)\w{0,20}"
    count = rf"{p['ago']} {p['adjectives']}(?:Jahr(?:en)?|(?P<decades>Jahrzehnten))"
    count = rf"(?:{count}|(?:einem |dem )?{p['fixed']})"
    return [
        ("jährig", 50, 220, rf"{p['n']}[ -]?[Jj]ährige[nrsm]?s?,? {p['adjectives']}{p['noun']}"),
        ("jahre?[- ]?(?:feier|jub|part|freu)", 50, 60, rf"{p['n']}[- ]?[Jj]ahre?[- ]?{feast}"),
        (
            "jahrestag",
            180,
            30,
            rf"{p['nth']} {p['adjectives']}(?:[\w-]{{1,40}}-?)?(?i:{p['feasts']})(?:s|en|e)?\b",
        ),
        ("jub", 180, 50, rf"{p['nth']} {p['adjectives']}(?:[\w-]{{1,40}}-?)?(?i:{p['feasts']})(?:s|en|e)?\b"),
        # "2024 jährt sich die Unterzeichnung zum 60. Mal"
        ("jährt", 5, 220, rf"\bjährte? sich\b[^.!?]{{0,120}}?\bzum {p['nth']} Male?\b"),
        ("jährt", 60, 40, rf"\b[Zz]um {p['nth']} Male? jährte? sich\b"),
        # "2006 war die Partnerschaft 30 Jahre jung"
        (
            "jahre (?:jung|alt)",
            140,
            20,
            rf"\b[\w-]{{0,30}}(?i:{p['bond']})\b[^.!?;,]{{0,40}}? {p['n']} Jahre (?:jung|alt)\b",
        ),
        ("geburtstag", 60, 30, rf"{p['nth']} (?P<birthday>(?i:{p['birthday']}))s?\b"),
        # Not "in zwei Jahren feiern wir".
        ("jahre", 50, 200, rf"(?<!\b[Ii]n ){p['n']} Jahren? {p['adjectives']}{p['noun']}"),
        ("jahrzehnte", 50, 200, rf"{p['n']} (?P<decades>Jahrzehnte) {p['adjectives']}{p['noun']}"),
        # "blickt auf 40 Jahre zurück", "ihr Vierzigjähriges", "wird 50 Jahre alt", "im 25. Jahr ihres ..."
        (
            r"(?:blick|schau|sieh|seh)\w{0,3} auf ",
            5,
            150,
            rf"\b{p['looks_back']}(?P<lasting>) {p['about']}(?:{p['n']} {p['adjectives']}"
            rf"(?:Jahre|(?P<decades>Jahrzehnte))|(?:ein )?{p['fixed']})(?= [^.!?]{{0,60}}zurück\b)",
        ),
        ("jähriges", 50, 20, rf"{p['n']}[ -]?[Jj]ähriges(?P<lasting>)(?! [A-Zdg])(?! [a-zäöü]+ [A-Z])"),
        (
            "wird |werden |wurden? ",
            90,
            80,
            rf"\b[\w-]{{0,30}}(?i:{p['bond']})\b[^.!?;,]{{0,40}}? {p['turns']}(?: \w+){{0,3}}?"
            rf" {p['n']}(?: Jahre(?: alt)?)?(?=[.,!;]|$| und )",
        ),
        (
            r"(?:\.|en) jahr",
            60,
            110,
            rf"\b[Ii]m {p['nth']}(?P<running>) (?:Jahre?|Jahrs) (?:(?:der|ihrer|ihres|unserer|des|seines) )"
            rf"{p['adjectives']}{p['noun']}",
        ),
        # "30 Jahre sind wir nun Partner", "40 Jahre besteht der Bund"
        (
            "jahre (?:sind|ist|besteht|bestehen|währt|hält|dauert)",
            50,
            30,
            rf"{p['n']} Jahre(?P<lasting>) (?:sind|ist|besteht|bestehen|währt|hält|dauert)\b",
        ),
        # "heuer 35 Jahre", "heuer sind es zwanzig Jahre mit Zwolle": not "heuer 35 Jahre alt"
        (
            p["this_year"].lower(),
            5,
            90,
            rf"\b(?i:{p['this_year']}) (?:(?:sind|ist|werden) es )?(?:(?:nun|schon|bereits|genau) )?"
            rf"{p['n']} Jahre(?= mit\b|[,.!;)]|$)",
        ),
        ("jahre", 45, 20, rf"{opening}(?P<round>){p['n']} Jahre(?= [A-ZÀ-Þ][\w-]{{2}})"),
        # A headline: "Wegweiser und 65 Jahre: Dortmund feiert".
        ("jahre:", 45, 10, rf"(?P<round>){p['n']} Jahre(?=: [A-ZÀ-Þ][\w-]{{2}})"),
        ("hochzeit", 40, 15, rf"\b(?P<metal>(?i:{p['metals']}))[nrsm]? (?P<birthday>(?i:{p['weddings']}))\b"),
        ("jahrhundert", 90, 30, rf"{p['about']}{p['fixed']}\b"),
        (p["metals"], 5, 90, rf"\b(?P<metal>(?i:{p['metals']}))[nrsm]? [\w-]{{0,30}}(?i:{p['bond']})\b"),
        (
            "jub",
            140,
            50,
            rf"\b(?P<metal>(?i:{p['metals']}))[nrsm]? {p['adjectives']}(?:[\w-]{{1,40}})?(?i:{p['feasts']})",
        ),
    ], [
        ("seit |vor ", 2, 170, rf"\b(?:(?P<lasting>[Ss]eit)|[Vv]or) {p['about']}{count}\b"),
    ]


def _english(p: dict[str, str]) -> Forms:
    count = rf"(?:{p['ago']} (?:years|(?P<decades>decades))|{p['fixed']})"
    return [
        ("anniversar", 120, 30, rf"{p['nth']} {p['adjectives']}(?i:{p['feasts']})\b"),
        ("jubilee", 120, 30, rf"{p['nth']} {p['adjectives']}(?i:{p['feasts']})\b"),
        ("birthday", 50, 30, rf"{p['nth']} (?P<birthday>(?i:{p['birthday']}))\b"),
        ("year", 50, 220, rf"{p['n']}[- ][Yy]ear(?:[- ]old)? {p['adjectives']}{p['noun']}"),
        ("years", 50, 220, rf"{p['n']} [Yy]ears (?:of|as) {p['adjectives']}{p['noun']}"),
        ("decades", 50, 220, rf"{p['n']} (?P<decades>[Dd]ecades) (?:of|as) {p['adjectives']}{p['noun']}"),
        # "The twinning turns 30", "our link is ten years old", "in its 25th year", "looks back on 40 years"
        (
            "turn",
            100,
            50,
            rf"\b(?i:{p['bond']})s?\b[^.!?;,]{{0,60}}? {p['turns']} {p['n']}\b"
            r"(?! (?:a|to)\b| in (?![12]\d{3}))",
        ),
        (
            "years old",
            110,
            20,
            rf"\b(?i:{p['bond']})\b[^.!?;,]{{0,40}}? (?:is|are|was) (?:now )?{p['n']} years old\b",
        ),
        (
            r"(?:th|st|nd|rd) year",
            60,
            40,
            rf"\b[Ii]n (?:its|their|our|the) {p['nth']}(?P<running>)(?P<lasting>) year\b",
        ),
        (
            "look",
            5,
            140,
            rf"\b{p['looks_back']}(?P<lasting>) {p['about']}{p['n']} {p['adjectives']}years\b",
        ),
        # "thirty years young", "three decades old"
        ("years (?:young|strong)", 50, 30, rf"{p['n']} [Yy]ears (?:young|strong)\b"),
        ("decades old", 50, 20, rf"{p['n']} (?P<decades>[Dd]ecades)(?P<lasting>) old\b"),
        ("years together", 50, 20, rf"{p['n']} [Yy]ears(?P<together>) together\b"),
        # "twenty years in May since the charter", "thirty years next year since"
        (
            "years? (?:(?:in|next|this|last|on) \\w+ )?since",
            50,
            30,
            rf"{p['n']} [Yy]ears(?: since\b|(?= (?:in|next|this|last|on) \w+ since\b))",
        ),
        ("wedding", 40, 15, rf"\b(?P<metal>(?i:{p['metals']})) (?P<birthday>(?i:{p['weddings']}))\b"),
        ("centur", 90, 30, rf"{p['about']}{p['fixed']}\b"),
        ("anniversar", 60, 30, rf"\b(?P<metal>(?i:{p['metals']})) (?:[\w-]{{1,25}} )?(?i:{p['feasts']})\b"),
        ("jubilee", 60, 30, rf"\b(?P<metal>(?i:{p['metals']})) (?:[\w-]{{1,25}} )?(?i:{p['feasts']})\b"),
    ], [
        ("for ", 5, 120, rf"\b(?P<lasting>[Ff]or) {p['about']}(?:a )?{count}\b"),
        (" ago", 110, 20, rf"{p['about']}(?:\ba )?{count.replace('years', 'years?')} ago\b"),
        # "twinned these thirty years", "Forty years on, the link ..."
        ("these ", 5, 60, rf"\b(?P<lasting>[Tt]hese) (?:past |last )?{p['n']} years\b"),
        (" years on,", 50, 20, rf"{p['n']} [Yy]ears(?P<lasting>) on(?=,)"),
        ("over the", 5, 80, rf"\b(?P<lasting>[Oo]ver) (?:the (?:past|last) ){p['n']} years\b"),
    ]
