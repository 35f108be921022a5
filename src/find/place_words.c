#include "find/place_span.h"

/* Closed lists of English and French, folded. */
typedef struct cue_word {
    const char *word;
    uint8_t cue;
    bool many;
} cue_word;

static const cue_word CUE[] = {
    {"village", GR_CUE_POPULATED, false},
    {"villages", GR_CUE_POPULATED, true},
    {"town", GR_CUE_POPULATED, false},
    {"towns", GR_CUE_POPULATED, true},
    {"city", GR_CUE_POPULATED, false},
    {"cities", GR_CUE_POPULATED, true},
    {"hamlet", GR_CUE_POPULATED, false},
    {"hamlets", GR_CUE_POPULATED, true},
    {"township", GR_CUE_POPULATED, false},
    {"settlement", GR_CUE_POPULATED, false},
    {"localite", GR_CUE_POPULATED, false},
    {"localites", GR_CUE_POPULATED, true},
    {"locality", GR_CUE_POPULATED, false},
    {"localities", GR_CUE_POPULATED, true},
    {"ville", GR_CUE_POPULATED, false},
    {"villes", GR_CUE_POPULATED, true},
    {"capital", GR_CUE_POPULATED, false},
    {"suburb", GR_CUE_POPULATED, false},
    {"suburbs", GR_CUE_POPULATED, true},
    {"slum", GR_CUE_POPULATED, false},
    {"slums", GR_CUE_POPULATED, true},
    {"neighborhood", GR_CUE_POPULATED, false},
    {"neighbourhood", GR_CUE_POPULATED, false},
    {"region", GR_CUE_ADMIN, false},
    {"regions", GR_CUE_ADMIN, true},
    {"area", GR_CUE_NONE, false},
    {"zone", GR_CUE_ADMIN, false},
    {"province", GR_CUE_ADMIN, false},
    {"provinces", GR_CUE_ADMIN, true},
    {"state", GR_CUE_ADMIN1, false},
    {"states", GR_CUE_ADMIN1, true},
    {"governorate", GR_CUE_ADMIN1, false},
    {"governorates", GR_CUE_ADMIN1, true},
    {"oblast", GR_CUE_ADMIN1, false},
    {"wilaya", GR_CUE_ADMIN1, false},
    {"department", GR_CUE_ADMIN2, false},
    {"departments", GR_CUE_ADMIN2, true},
    {"departement", GR_CUE_ADMIN2, false},
    {"departements", GR_CUE_ADMIN2, true},
    {"district", GR_CUE_ADMIN2, false},
    {"districts", GR_CUE_ADMIN2, true},
    {"county", GR_CUE_ADMIN2, false},
    {"counties", GR_CUE_ADMIN2, true},
    {"cercle", GR_CUE_ADMIN2, false},
    {"cercles", GR_CUE_ADMIN2, true},
    {"prefecture", GR_CUE_ADMIN2, false},
    {"parish", GR_CUE_ADMIN2, false},
    {"lga", GR_CUE_ADMIN2, false},
    {"lgas", GR_CUE_ADMIN2, true},
    {"commune", GR_CUE_ADMIN3, false},
    {"communes", GR_CUE_ADMIN3, true},
    {"municipality", GR_CUE_ADMIN3, false},
    {"municipalities", GR_CUE_ADMIN3, true},
    {"country", GR_CUE_COUNTRY, false},
    {"republic", GR_CUE_COUNTRY, false},
    {"park", GR_CUE_PARK, false},
    {"parc", GR_CUE_PARK, false},
    {"forest", GR_CUE_PARK, false},
    {"foret", GR_CUE_PARK, false},
    {"reserve", GR_CUE_PARK, false},
    {"river", GR_CUE_WATER, false},
    {"lake", GR_CUE_WATER, false},
    {"lac", GR_CUE_WATER, false},
    {"fleuve", GR_CUE_WATER, false},
    {"mountain", GR_CUE_TERRAIN, false},
    {"mountains", GR_CUE_TERRAIN, false},
    {"hills", GR_CUE_TERRAIN, false},
    {"desert", GR_CUE_TERRAIN, false},
    {"island", GR_CUE_TERRAIN, false},
    {"prison", GR_CUE_PRISON, false},
    {"prisons", GR_CUE_PRISON, true},
    {"jail", GR_CUE_PRISON, false},
    {"base", GR_CUE_BASE, false},
    {"barracks", GR_CUE_BASE, false},
    {"garrison", GR_CUE_BASE, false},
    {"camp", GR_CUE_FACILITY, false},
    {"camps", GR_CUE_FACILITY, true},
    {"airport", GR_CUE_FACILITY, false},
    {"aeroport", GR_CUE_FACILITY, false},
    {"border", GR_CUE_BORDER, false},
    {"borders", GR_CUE_BORDER, true},
    {"frontier", GR_CUE_BORDER, false},
    {"frontiere", GR_CUE_BORDER, false},
    {"frontieres", GR_CUE_BORDER, true},
};

gr_cue gr_place_cue(gr_slice word, bool *many) {
    char first = word.len ? *word.ptr : '\0';
    for (size_t i = 0; i < sizeof CUE / sizeof *CUE; i++) {
        if (CUE[i].word[0] != first || !gr_is(word, CUE[i].word)) continue;
        *many = CUE[i].many;
        return (gr_cue)CUE[i].cue;
    }
    return GR_CUE_NONE;
}

typedef struct slot_word {
    const char *word;
    uint8_t where;
    float evidence;
} slot_word;

static const slot_word ENGLISH_SLOT[] = {
    {"in", GR_WHERE_IN, 1.5f},       {"at", GR_WHERE_AT, 1.2f},           {"near", GR_WHERE_NEAR, 1.8f},
    {"around", GR_WHERE_NEAR, 1.2f}, {"outside", GR_WHERE_NEAR, 1.2f},    {"from", GR_WHERE_FROM, 1.0f},
    {"to", GR_WHERE_TO, 0.8f},       {"towards", GR_WHERE_TO, 1.0f},      {"toward", GR_WHERE_TO, 1.0f},
    {"into", GR_WHERE_TO, 1.0f},     {"between", GR_WHERE_BETWEEN, 0.6f}, {"along", GR_WHERE_ALONG, 1.0f},
    {"across", GR_WHERE_IN, 1.0f},   {"throughout", GR_WHERE_IN, 1.2f},   {"within", GR_WHERE_IN, 1.0f},
    {"inside", GR_WHERE_IN, 1.0f},   {"of", GR_WHERE_AT, 0.3f},           {"on", GR_WHERE_AT, 0.2f},
    {"via", GR_WHERE_ALONG, 1.0f},   {"through", GR_WHERE_ALONG, 0.5f},   {"over", GR_WHERE_AT, 0.2f},
};

static const slot_word FRENCH_SLOT[] = {
    {"a", GR_WHERE_AT, 1.5f},       {"au", GR_WHERE_AT, 1.3f},       {"aux", GR_WHERE_AT, 0.8f},
    {"en", GR_WHERE_IN, 1.3f},      {"dans", GR_WHERE_IN, 1.2f},     {"pres", GR_WHERE_NEAR, 1.0f},
    {"vers", GR_WHERE_TO, 1.2f},    {"depuis", GR_WHERE_FROM, 1.0f}, {"entre", GR_WHERE_BETWEEN, 0.6f},
    {"jusqu'a", GR_WHERE_TO, 1.2f}, {"de", GR_WHERE_AT, 0.3f},       {"du", GR_WHERE_AT, 0.3f},
    {"d'", GR_WHERE_AT, 0.3f},      {"autour", GR_WHERE_NEAR, 1.0f}, {"sur", GR_WHERE_AT, 0.2f},
    {"via", GR_WHERE_ALONG, 1.0f},
};

bool gr_place_slot(gr_slice word, bool french, gr_slot *out) {
    const slot_word *list = french ? FRENCH_SLOT : ENGLISH_SLOT;
    size_t count =
        french ? sizeof FRENCH_SLOT / sizeof *FRENCH_SLOT : sizeof ENGLISH_SLOT / sizeof *ENGLISH_SLOT;
    for (size_t i = 0; i < count; i++) {
        if (!gr_is(word, list[i].word)) continue;
        *out = (gr_slot){(gr_where)list[i].where, list[i].evidence};
        return true;
    }
    return false;
}

float gr_place_bearing(gr_slice word) {
    static const struct {
        const char *word;
        float deg;
    } BEARING[] = {
        {"north", 0},        {"northeast", 45},   {"north-east", 45}, {"east", 90},
        {"southeast", 135},  {"south-east", 135}, {"south", 180},     {"southwest", 225},
        {"south-west", 225}, {"west", 270},       {"northwest", 315}, {"north-west", 315},
        {"nord", 0},         {"nord-est", 45},    {"est", 90},        {"sud-est", 135},
        {"sud", 180},        {"sud-ouest", 225},  {"ouest", 270},     {"nord-ouest", 315},
    };
    for (size_t i = 0; i < sizeof BEARING / sizeof *BEARING; i++)
        if (gr_is(word, BEARING[i].word)) return BEARING[i].deg;
    return -1;
}

double gr_place_unit_m(gr_slice word) {
    static const char *const KM[] = {"km", "kms", "kilometer", "kilometers", "kilometre", "kilometres"};
    static const char *const MILE[] = {"mile", "miles"};
    static const char *const METRE[] = {"m", "metre", "metres", "meter", "meters"};
    if (GR_AMONG(word, KM)) return 1000;
    if (GR_AMONG(word, MILE)) return 1609.344;
    return GR_AMONG(word, METRE) ? 1 : 0;
}

bool gr_place_filler(gr_slice word) {
    static const char *const FILLER[] = {
        "the",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "north-eastern",
        "north-western",
        "south-eastern",
        "south-western",
        "nearby",
        "neighbouring",
        "neighboring",
        "rural",
        "urban",
        "greater",
        "upper",
        "lower",
        "mainland",
        "downtown",
        "le",
        "la",
        "les",
        "l'",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "nord",
        "sud",
        "central",
        "remote",
        "restive",
        "border",
    };
    return GR_AMONG(word, FILLER);
}

bool gr_place_never(gr_slice word) {
    static const char *const NEVER[] = {
        "january",  "february",  "march",       "april",      "may",        "june",      "july",
        "august",   "september", "october",     "november",   "december",   "jan",       "feb",
        "mar",      "apr",       "jun",         "jul",        "aug",        "sept",      "sep",
        "oct",      "nov",       "dec",         "monday",     "tuesday",    "wednesday", "thursday",
        "friday",   "saturday",  "sunday",      "janvier",    "fevrier",    "mars",      "avril",
        "mai",      "juin",      "juillet",     "aout",       "septembre",  "octobre",   "novembre",
        "decembre", "lundi",     "mardi",       "mercredi",   "jeudi",      "vendredi",  "samedi",
        "dimanche", "ramadan",   "christmas",   "easter",     "islam",      "english",   "internet",
        "facebook", "twitter",   "god",         "allah",      "parliament", "congress",  "senate",
        "covid-19", "covid",     "white house", "department", "ministry",   "house",     "sheriff",
        "district", "camp",      "board",       "i",          "he",         "she",       "we",
    };
    /* What ministries and departments are named after: "Department of Agriculture". */
    static const char *const FIELD[] = {
        "agriculture", "commerce",  "corrections", "defence",     "defense",        "development",
        "education",   "energy",    "environment", "finance",     "fisheries",      "health",
        "housing",     "interior",  "justice",     "labor",       "labour",         "revenue",
        "security",    "transport", "treasury",    "tourism",     "transportation", "veterans",
        "water",       "forestry",  "culture",     "information", "communications", "trade",
    };
    return GR_AMONG(word, NEVER) || GR_AMONG(word, FIELD);
}

bool gr_place_disease(gr_slice word) {
    static const char *const DISEASE[] = {
        "virus",     "viruses", "ebolavirus", "hantavirus", "strain",       "fever",  "flu",
        "influenza", "disease", "syndrome",   "variant",    "encephalitis", "fievre", "grippe",
    };
    return GR_AMONG(word, DISEASE);
}

bool gr_place_title(gr_slice word) {
    static const char *const TITLE[] = {
        "mr",       "mr.",    "mrs",      "mrs.",      "ms",        "ms.",       "dr",        "dr.",
        "gen",      "gen.",   "general",  "col",       "col.",      "colonel",   "president", "minister",
        "sen",      "sen.",   "senator",  "rep",       "rep.",      "gov",       "gov.",      "governor",
        "mayor",    "judge",  "sheriff",  "lt",        "lt.",       "capt",      "capt.",     "captain",
        "sgt",      "sgt.",   "sergeant", "prof",      "prof.",     "professor", "major",     "commander",
        "chief",    "sir",    "lady",     "lord",      "king",      "queen",     "prince",    "pope",
        "saint",    "coach",  "officer",  "detective", "officials", "pastor",    "rev",       "rev.",
        "monsieur", "madame", "m.",       "mme",       "ministre",
    };
    return GR_AMONG(word, TITLE);
}

bool gr_place_verb(gr_slice lemma) {
    static const char *const VERB[] = {
        "attack",    "assault",   "storm",   "raid",      "invade",     "capture",   "seize",     "occupy",
        "recapture", "retake",    "overrun", "liberate",  "besiege",    "surround",  "encircle",  "blockade",
        "shell",     "bomb",      "bombard", "pound",     "enter",      "reach",     "leave",     "flee",
        "abandon",   "control",   "hold",    "govern",    "visit",      "cross",     "target",    "hit",
        "strike",    "shake",     "rock",    "evacuate",  "infiltrate", "patrol",    "secure",    "defend",
        "threaten",  "take",      "lose",    "devastate", "attaquer",   "assaillir", "prendre",   "reprendre",
        "occuper",   "envahir",   "libérer", "assiéger",  "encercler",  "bombarder", "pilonner",  "quitter",
        "fuir",      "contrôler", "tenir",   "viser",     "cibler",     "frapper",   "évacuer",   "sécuriser",
        "menacer",   "perdre",    "gagner",  "rallier",   "rejoindre",  "atteindre", "traverser", "investir",
        "conquérir",
    };
    return GR_AMONG(lemma, VERB);
}

bool gr_place_motion(gr_slice lemma) {
    static const char *const VERB[] = {
        "flee",    "move",      "go",       "come",     "arrive",     "trek",      "travel",  "walk",
        "march",   "return",    "relocate", "head",     "withdraw",   "retreat",   "deploy",  "transfer",
        "fly",     "airlift",   "escape",   "run",      "cross",      "advance",   "push",    "pour",
        "flock",   "stream",    "evacuate", "displace", "bring",      "take",      "pull",    "expel",
        "drive",   "chase",     "dislodge", "migrate",  "descend",    "spread",    "extend",  "reach",
        "make",    "convoy",    "truck",    "bus",      "repatriate", "abduct",    "kidnap",  "fled",
        "went",    "came",      "ran",      "drove",    "withdrew",   "took",      "brought", "trekked",
        "flew",    "withdrawn", "driven",   "flown",    "taken",      "gone",      "made",    "launch",
        "fire",    "set",       "enter",    "sweep",    "rush",       "dispatch",  "eject",   "fuir",
        "aller",   "venir",     "arriver",  "partir",   "revenir",    "retourner", "rentrer", "entrer",
        "sortir",  "retirer",   "replier",  "déployer", "transférer", "conduire",  "emmener", "amener",
        "évader",  "chasser",   "expulser", "déplacer", "réfugier",   "marcher",   "avancer", "rapatrier",
        "évacuer", "diriger",   "rendre",
    };
    return GR_AMONG(lemma, VERB);
}

bool gr_place_work(gr_slice lemma) {
    static const char *const VERB[] = {
        "work",  "study",    "teach", "speak", "look", "shout", "aim",    "laugh", "stare", "lecture",
        "point", "graduate", "play",  "shoot", "fire", "throw", "direct", "hurl",  "yell",  "gaze",
    };
    return GR_AMONG(lemma, VERB);
}

bool gr_place_building(gr_slice lemma) {
    static const char *const NOUN[] = {
        "chapel",   "church",    "mosque",   "school", "market",   "hospital", "clinic",  "checkpoint",
        "camp",     "prison",    "jail",     "base",   "post",     "outpost",  "farm",    "mine",
        "bridge",   "barracks",  "position", "site",   "station",  "centre",   "center",  "house",
        "hotel",    "roadblock", "crossing", "port",   "airport",  "airfield", "barrier", "funeral",
        "wedding",  "battle",    "ambush",   "attack", "massacre", "clash",    "mission", "parish",
        "refinery", "warehouse", "depot",    "quarry", "junction",
    };
    return GR_AMONG(lemma, NOUN);
}

bool gr_place_war(gr_slice lemma) {
    static const char *const VERB[] = {
        "shell",    "bombard", "besiege",   "encircle", "blockade",  "recapture", "retake",      "overrun",
        "liberate", "shelled", "bombarded", "besieged", "encircled", "blockaded", "recaptured",  "retook",
        "retaken",  "overran", "liberated", "occupied", "occupy",    "evacuated", "infiltrated",
    };
    return GR_AMONG(lemma, VERB);
}

bool gr_place_way(gr_slice lemma) {
    static const char *const NOUN[] = {"road",  "route",   "highway", "axis",    "access",
                                       "track", "railway", "way",     "approach"};
    return GR_AMONG(lemma, NOUN);
}
