/* Word lists of English and French. Cutting follows the English Web Treebank of Universal Dependencies; the
 * bound forms are those of its annotation guidelines (LDC, "English Web Treebank: tokenization"). */
#include "text/split.h"

#define LONGEST_WORD_B 24

/* Binary search in a sorted list of lower-case words. */
static bool among(gr_slice word, const char *const *list, size_t count) {
    char lower[LONGEST_WORD_B];
    if (word.len == 0 || word.len > sizeof lower) return false;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = gr_compare((gr_slice){lower, word.len}, gr_slice_of(list[middle]));
        if (order == 0) return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

#define AMONG(word, list) among((word), (list), sizeof(list) / sizeof *(list))

static const char *const titles[] = {
    "adm",  "amb",  "art",  "asst", "att", "attn", "brig", "capt", "cdr", "cf",  "cmdr",   "cms",
    "col",  "comm", "cpl",  "cpt",  "det", "dr",   "e.g",  "eg",   "esp", "fig", "figs",   "fr",
    "ft",   "gen",  "gov",  "hon",  "i.e", "ie",   "insp", "lt",   "ltc", "maj", "messrs", "mgr",
    "mlle", "mme",  "mr",   "mrs",  "ms",  "mt",   "no",   "nos",  "op",  "pfc", "pg",     "ph",
    "pp",   "pres", "prof", "pte",  "pvt", "rep",  "reps", "rev",  "rt",  "sen", "sens",   "sgt",
    "sr",   "st",   "ste",  "supt", "viz", "vol",  "vs",
};

static const char *const abbreviations[] = {
    "a.k.a", "a.m",  "al",   "approx", "apr",  "apt",  "aug",  "ave",  "bldg", "blvd", "bn",   "bros",
    "ca",    "co",   "conf", "corp",   "dec",  "dept", "dist", "div",  "ed",   "eds",  "est",  "et",
    "etc",   "ext",  "feb",  "fri",    "ga",   "inc",  "incl", "intl", "jan",  "jr",   "jul",  "jun",
    "kg",    "km",   "la",   "lb",     "lbs",  "ltd",  "mar",  "mfg",  "min",  "mins", "mon",  "mph",
    "natl",  "nov",  "o.k",  "oct",    "orig", "oz",   "p.m",  "para", "ph.d", "pop",  "pt",   "pty",
    "rd",    "sat",  "sec",  "sep",    "sept", "spec", "sun",  "tel",  "temp", "thu",  "thur", "thurs",
    "tue",   "tues", "univ", "va",     "wed",  "yr",   "yrs",
};

static const char *const titles_fr[] = {
    "adj", "art",  "av",  "bd", "capt",   "cdt", "cf",  "col",  "dr",    "fig",
    "gal", "gén",  "ind", "lt", "lt-col", "me",  "mgr", "mlle", "mlles", "mm",
    "mme", "mmes", "pdt", "pr", "prof",   "réf", "sgt", "st",   "ste",   "vol",
};

static const char *const abbreviations_fr[] = {
    "apr",  "av",  "avr",   "c-à-d", "dim",  "déc",  "dép",  "env", "etc", "ex",
    "févr", "hab", "inc",   "jan",   "janv", "jeu",  "juil", "ltd", "lun", "mer",
    "oct",  "p",   "p.-ex", "pp",    "sam",  "sept", "tel",  "tél", "ven",
};

gr_tongue gr_tongue_of(gr_slice lang) {
    return gr_eq(lang, GR_S("fr")) ? GR_TONGUE_FR : GR_TONGUE_EN;
}

gr_abbreviation gr_abbreviation_of(gr_slice word, gr_tongue tongue) {
    if (tongue == GR_TONGUE_FR) {
        if (AMONG(word, titles_fr)) return GR_ABBREVIATION_TITLE;
        return AMONG(word, abbreviations_fr) ? GR_ABBREVIATION_PLAIN : GR_ABBREVIATION_NONE;
    }
    if (AMONG(word, titles)) return GR_ABBREVIATION_TITLE;
    return AMONG(word, abbreviations) ? GR_ABBREVIATION_PLAIN : GR_ABBREVIATION_NONE;
}

bool gr_is_prefix(gr_slice word) {
    static const char *const list[] = {
        "anti", "arch",  "bi",     "co",    "contra", "counter", "cross", "de",    "e",     "eco",
        "eu",   "ex",    "extra",  "hyper", "inter",  "intra",   "macro", "mega",  "micro", "mid",
        "mini", "mm",    "multi",  "neo",   "non",    "over",    "pan",   "para",  "post",  "pre",
        "pro",  "proto", "pseudo", "re",    "semi",   "socio",   "sub",   "super", "supra", "trans",
        "tri",  "uh",    "ultra",  "un",    "under",  "uni",
    };
    return AMONG(word, list);
}

bool gr_is_suffix(gr_slice word) {
    static const char *const list[] = {
        "able", "esque", "ever", "fest", "gate", "ish", "less", "rama", "wise",
    };
    return AMONG(word, list);
}

bool gr_is_unit(gr_slice word) {
    static const char *const list[] = {
        "a.m", "a.m.", "am", "b",   "billion", "bn",   "c",   "cm",    "days", "f",       "ft",  "g",
        "gb",  "ghz",  "h",  "ha",  "hh",      "hr",   "hrs", "k",     "kb",   "kg",      "kgs", "km",
        "kms", "kw",   "l",  "lb",  "lbs",     "m",    "mb",  "mg",    "mhz",  "mi",      "min", "mins",
        "ml",  "mm",   "mn", "mph", "mw",      "oz",   "p",   "p.m",   "p.m.", "percent", "pm",  "sec",
        "sq",  "t",    "tn", "v",   "w",       "watt", "yds", "years", "yr",   "yrs",
    };
    return AMONG(word, list);
}

bool gr_is_name_ending(gr_slice word) {
    static const char *const list[] = {
        "asp",  "aspx", "au",  "biz", "br",  "ca",  "cfm", "ch",  "cn",  "co",   "com", "csv",  "de",  "doc",
        "docx", "edu",  "es",  "eu",  "exe", "fr",  "gif", "gov", "htm", "html", "il",  "info", "int", "io",
        "jpeg", "jpg",  "jsp", "mil", "ml",  "mp3", "mp4", "ne",  "net", "ng",   "nz",  "org",  "pdf", "php",
        "png",  "ppt",  "ps",  "ru",  "tv",  "txt", "ua",  "uk",  "xls", "xlsx", "xml", "za",   "zip",
    };
    return AMONG(word, list);
}

bool gr_is_month(gr_slice word) {
    static const char *const list[] = {
        "aout",     "août",     "apr",      "april", "aug",      "august",    "avril",     "dec",
        "december", "decembre", "décembre", "feb",   "february", "fevrier",   "février",   "jan",
        "january",  "janvier",  "juillet",  "juin",  "jul",      "july",      "jun",       "june",
        "mai",      "mar",      "march",    "mars",  "may",      "nov",       "november",  "novembre",
        "oct",      "october",  "octobre",  "sep",   "sept",     "september", "septembre",
    };
    return AMONG(word, list);
}

static bool is_starter_fr(gr_slice word) {
    static const char *const list[] = {
        "après", "au",    "aucun",  "aux",  "avec", "ce",   "cela",  "celle", "ces", "cet", "cette",
        "dans",  "de",    "depuis", "des",  "deux", "du",   "elle",  "elles", "en",  "il",  "ils",
        "la",    "le",    "les",    "leur", "lors", "mais", "nous",  "on",    "or",  "par", "pour",
        "sa",    "selon", "ses",    "si",   "son",  "sur",  "trois", "un",    "une",
    };
    return AMONG(word, list);
}

bool gr_is_starter(gr_slice word, gr_tongue tongue) {
    if (tongue == GR_TONGUE_FR) return is_starter_fr(word);
    static const char *const list[] = {
        "a",   "after",  "all",   "although", "an",    "and",   "as",        "at",      "but",
        "by",  "during", "for",   "from",     "he",    "her",   "his",       "however", "i",
        "if",  "in",     "it",    "its",      "local", "many",  "meanwhile", "more",    "no",
        "on",  "one",    "our",   "several",  "she",   "since", "so",        "some",    "that",
        "the", "their",  "there", "these",    "they",  "this",  "those",     "to",      "two",
        "we",  "what",   "when",  "while",    "who",   "with",  "you",
    };
    return AMONG(word, list);
}

unsigned gr_joined_words(gr_slice word, uint8_t length_b[3]) {
    static const struct {
        const char *word;
        uint8_t length_b[3];
    } list[] = {
        {"aint", {2, 2}},     {"alot", {1, 3}},    {"arent", {3, 2}},    {"cannot", {3, 3}},
        {"cant", {2, 2}},     {"couldnt", {5, 2}}, {"couldve", {5, 2}},  {"didnt", {3, 2}},
        {"doesnt", {4, 2}},   {"dont", {2, 2}},    {"dunno", {2, 1, 2}}, {"elses", {4, 1}},
        {"gimme", {3, 2}},    {"gonna", {3, 2}},   {"gotta", {3, 2}},    {"hadnt", {3, 2}},
        {"hasnt", {3, 2}},    {"havent", {4, 2}},  {"heres", {4, 1}},    {"hes", {2, 1}},
        {"im", {1, 1}},       {"isnt", {2, 2}},    {"itll", {2, 2}},     {"ive", {1, 2}},
        {"lemme", {3, 2}},    {"lets", {3, 1}},    {"outta", {3, 2}},    {"shes", {3, 1}},
        {"shouldnt", {6, 2}}, {"thats", {4, 1}},   {"theres", {5, 1}},   {"theyll", {4, 2}},
        {"theyre", {4, 2}},   {"theyve", {4, 2}},  {"wanna", {3, 2}},    {"wasnt", {3, 2}},
        {"werent", {4, 2}},   {"whats", {4, 1}},   {"wont", {2, 2}},     {"wouldnt", {5, 2}},
        {"wouldve", {5, 2}},  {"youd", {3, 1}},    {"youll", {3, 2}},    {"youre", {3, 2}},
        {"youve", {3, 2}},
    };
    char lower[9];
    if (word.len < 2 || word.len >= sizeof lower) return 0;
    for (size_t i = 0; i < word.len; i++) lower[i] = (char)(word.ptr[i] | 32);
    if (!strchr("tasmedlo", lower[word.len - 1])) return 0;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        const char *known = list[i].word;
        if (known[0] != lower[0] || strlen(known) != word.len || memcmp(lower, known, word.len) != 0)
            continue;
        memcpy(length_b, list[i].length_b, 3);
        return list[i].length_b[2] ? 3 : 2;
    }
    return 0;
}
