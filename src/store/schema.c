#include "store/store_internal.h"

/* Offsets (start, end) count code points of source.text, end exclusive. Times are seconds since 1970 UTC,
 * dates ISO 8601. NULL: not known or not said. docs/record.md tells the same to people who query. */

#define SEALED(table, sentence)                                                                              \
    {table "_no_update", "CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table                        \
                         " BEGIN SELECT RAISE(ABORT, '" sentence "'); END"},                                 \
    {                                                                                                        \
        table "_no_delete", "CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table                     \
                            " BEGIN SELECT RAISE(ABORT, '" sentence "'); END"                                \
    }
#define SPAN(start, end)                                                                                     \
    "CHECK (" start " IS NULL AND " end " IS NULL OR " start " >= 0 AND " end " > " start ")"
#define CLAIM_KEY                                                                                            \
    "  claim INTEGER NOT NULL REFERENCES claim(id),\n"                                                       \
    "  number INTEGER NOT NULL CHECK (number >= 1),\n"
#define CLAIM_ID "substr(s.sha256, 1, 12) || '-' || c.number AS claim"
#define MENTION(alias) "substr(s.text, " alias ".start + 1, " alias ".end - " alias ".start)"
#define FROM_CLAIM                                                                                           \
    " JOIN claim c ON c.id = x.claim JOIN coding g ON g.id = c.coding AND g.id IN (SELECT id FROM newest)"   \
    " JOIN source s ON s.id = g.source"

/* Version 3 took formats beside text and HTML. */
#define SOURCE_TABLE(format_check)                                                                           \
    "CREATE TABLE source (\n"                                                                                \
    "  id INTEGER PRIMARY KEY,\n"                                                                            \
    "  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),\n"                                           \
    "  text_sha256 TEXT NOT NULL CHECK (length(text_sha256) = 64),\n"                                        \
    "  bytes_length INTEGER NOT NULL CHECK (bytes_length >= 0),\n"                                           \
    "  name TEXT,\n"                                                                                         \
    "  publisher TEXT,\n"                                                                                    \
    "  published TEXT,\n"                                                                                    \
    "  url TEXT,\n"                                                                                          \
    "  lang TEXT,\n"                                                                                         \
    "  format TEXT NOT NULL " format_check ",\n"                                                             \
    "  encoding TEXT,\n"                                                                                     \
    "  bad_bytes INTEGER NOT NULL CHECK (bad_bytes >= 0),\n"                                                 \
    "  title TEXT,\n"                                                                                        \
    "  added_unix_s INTEGER NOT NULL,\n"                                                                     \
    "  text TEXT NOT NULL,\n"                                                                                \
    "  bytes BLOB\n"                                                                                         \
    ") STRICT"

const char store_source_before_3[] = SOURCE_TABLE("CHECK (format IN ('text', 'html'))");

const store_object store_schema[] = {
    {"knowledge", "CREATE TABLE knowledge (\n"
                  "  id INTEGER PRIMARY KEY,\n"
                  "  hash TEXT NOT NULL UNIQUE CHECK (length(hash) >= 12),\n"
                  "  program TEXT NOT NULL\n"
                  ") STRICT"},
    {"source", SOURCE_TABLE("CHECK (length(format) > 0)")}, /* bytes: a zlib stream of what was read; NULL
                                                               where the text is it */
    {"sentence", "CREATE TABLE sentence (\n"
                 "  id INTEGER PRIMARY KEY,\n"
                 "  source INTEGER NOT NULL REFERENCES source(id),\n"
                 "  split INTEGER NOT NULL CHECK (split >= 0),\n"
                 "  number INTEGER NOT NULL CHECK (number >= 0),\n"
                 "  start INTEGER NOT NULL CHECK (start >= 0),\n"
                 "  end INTEGER NOT NULL CHECK (end > start),\n"
                 "  UNIQUE (source, split, number)\n"
                 ") STRICT"},
    {"sentence_words", "CREATE VIRTUAL TABLE sentence_words USING fts5(text, content='', "
                       "tokenize='unicode61 remove_diacritics 2')"},
    {"coding", "CREATE TABLE coding (\n"
               "  id INTEGER PRIMARY KEY,\n"
               "  source INTEGER NOT NULL REFERENCES source(id),\n"
               "  knowledge INTEGER NOT NULL REFERENCES knowledge(id),\n"
               "  split INTEGER NOT NULL CHECK (split >= 0),\n"
               "  coded_unix_s INTEGER NOT NULL,\n"
               "  claims INTEGER NOT NULL CHECK (claims >= 0),\n"
               "  json_length INTEGER NOT NULL CHECK (json_length >= 0),\n"
               "  json BLOB NOT NULL,\n" /* zlib stream of the claims' JSON lines, verbatim */
               "  UNIQUE (source, knowledge)\n"
               ") STRICT"},
    {"rule", "CREATE TABLE rule (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT"},
    {"reason", "CREATE TABLE reason (id INTEGER PRIMARY KEY, words TEXT NOT NULL UNIQUE) STRICT"},
    {"codes", "CREATE TABLE codes (\n"
              "  id INTEGER PRIMARY KEY,\n"
              "  acled TEXT,\n"
              "  plover TEXT,\n"
              "  cameo TEXT,\n"
              "  ucdp INTEGER NOT NULL\n"
              ") STRICT"},
    {"codes_by_name", "CREATE UNIQUE INDEX codes_by_name ON codes (acled, plover, cameo, ucdp)"},
    {"actor", "CREATE TABLE actor (\n"
              "  id INTEGER PRIMARY KEY,\n"
              "  code TEXT,\n"
              "  name TEXT NOT NULL,\n"
              "  kind TEXT,\n"
              "  folded TEXT NOT NULL\n"
              ") STRICT"},
    {"actor_by_name", "CREATE UNIQUE INDEX actor_by_name ON actor (name, code, kind)"},
    {"place", "CREATE TABLE place (\n"
              "  id INTEGER PRIMARY KEY,\n"
              "  code TEXT,\n"
              "  name TEXT NOT NULL,\n"
              "  level TEXT,\n"
              "  country TEXT,\n"
              "  admin1 TEXT,\n"
              "  admin2 TEXT,\n"
              "  lat_deg REAL CHECK (lat_deg BETWEEN -90 AND 90),\n"
              "  lon_deg REAL CHECK (lon_deg BETWEEN -180 AND 180),\n"
              "  folded TEXT NOT NULL,\n"
              "  CHECK ((lat_deg IS NULL) = (lon_deg IS NULL))\n"
              ") STRICT"},
    {"place_by_name", "CREATE INDEX place_by_name ON place (name, code, lat_deg, lon_deg)"},
    {"place_box", "CREATE VIRTUAL TABLE place_box USING rtree(id, west_deg, east_deg, south_deg, north_deg)"},
    {"claim",
     "CREATE TABLE claim (\n"
     "  id INTEGER PRIMARY KEY,\n"
     "  coding INTEGER NOT NULL REFERENCES coding(id),\n"
     "  number INTEGER NOT NULL CHECK (number >= 1),\n"
     "  sentence INTEGER NOT NULL REFERENCES sentence(id),\n"
     "  kind TEXT NOT NULL CHECK (kind IN ('event', 'toll', 'relation', 'presence', 'custody', 'force')),\n"
     "  type TEXT NOT NULL,\n"
     "  reality TEXT NOT NULL CHECK (reality IN\n"
     "    ('occurred', 'ongoing', 'planned', 'possible', 'denied', 'negated')),\n"
     "  rule INTEGER NOT NULL REFERENCES rule(id),\n"
     "  codes INTEGER NOT NULL REFERENCES codes(id),\n"
     "  score REAL NOT NULL,\n"
     "  quote_start INTEGER NOT NULL CHECK (quote_start >= 0),\n"
     "  quote_end INTEGER NOT NULL CHECK (quote_end > quote_start),\n"
     "  trigger_start INTEGER,\n"
     "  trigger_end INTEGER,\n"
     "  when_start INTEGER,\n"
     "  when_end INTEGER,\n"
     "  earliest TEXT,\n"
     "  latest TEXT,\n"
     "  precision TEXT CHECK (precision IN ('day', 'range', 'week', 'month', 'year', 'unknown')),\n"
     "  basis TEXT CHECK (basis IN ('stated', 'publication', 'context')),\n"
     "  when_inherited INTEGER,\n"
     "  same_as INTEGER,\n"
     "  part_of INTEGER,\n"
     "  UNIQUE (coding, number),\n"
     "  CHECK (earliest <= latest),\n"
     "  " SPAN("trigger_start", "trigger_end") ",\n"
                                               "  " SPAN("when_start", "when_end") "\n"
                                                                                   ") STRICT"},
    {"claim_by_sentence", "CREATE INDEX claim_by_sentence ON claim (sentence)"},
    {"party", "CREATE TABLE party (\n" CLAIM_KEY
              "  role TEXT NOT NULL CHECK (role IN ('actor', 'target', 'with', 'subject')),\n"
              "  actor INTEGER NOT NULL REFERENCES actor(id),\n"
              "  status TEXT NOT NULL CHECK (status IN ('fact', 'claimed', 'suspected', 'possible')),\n"
              "  inherited INTEGER NOT NULL,\n"
              "  start INTEGER,\n"
              "  end INTEGER,\n"
              "  PRIMARY KEY (claim, number),\n"
              "  " SPAN("start", "end") "\n"
                                        ") STRICT, WITHOUT ROWID"},
    {"party_by_actor", "CREATE INDEX party_by_actor ON party (actor)"},
    {"location",
     "CREATE TABLE location (\n" CLAIM_KEY
     "  role TEXT NOT NULL CHECK (role IN ('at', 'near', 'from', 'to', 'between', 'along', 'in')),\n"
     "  place INTEGER NOT NULL REFERENCES place(id),\n"
     "  score REAL NOT NULL,\n"
     "  candidates INTEGER NOT NULL,\n"
     "  reason INTEGER REFERENCES reason(id),\n"
     "  inherited INTEGER NOT NULL,\n"
     "  start INTEGER,\n"
     "  end INTEGER,\n"
     "  PRIMARY KEY (claim, number),\n"
     "  " SPAN("start", "end") "\n"
                               ") STRICT, WITHOUT ROWID"},
    {"location_by_place", "CREATE INDEX location_by_place ON location (place)"},
    {"count", "CREATE TABLE count (\n" CLAIM_KEY "  what TEXT NOT NULL,\n"
              "  op TEXT NOT NULL CHECK (op IN ('=', '>', '>=', '<', '<=', '~', 'range')),\n"
              "  n INTEGER,\n"
              "  n_max INTEGER,\n"
              "  words TEXT,\n"
              "  unit TEXT,\n"
              "  of TEXT,\n"
              "  aggregate INTEGER NOT NULL,\n"
              "  start INTEGER,\n"
              "  end INTEGER,\n"
              "  PRIMARY KEY (claim, number),\n"
              "  " SPAN("start", "end") "\n"
                                        ") STRICT, WITHOUT ROWID"},
    {"claimant",
     "CREATE TABLE claimant (\n" CLAIM_KEY "  code TEXT,\n"
     "  name TEXT,\n"
     "  start INTEGER,\n"
     "  end INTEGER,\n"
     "  cue_start INTEGER,\n"
     "  cue_end INTEGER,\n"
     "  content_start INTEGER,\n"
     "  content_end INTEGER,\n"
     "  PRIMARY KEY (claim, number),\n"
     "  " SPAN("start", "end") ",\n"
                               "  " SPAN("cue_start",
                                         "cue_end") ",\n"
                                                    "  " SPAN("content_start",
                                                              "content_end") "\n"
                                                                             ") STRICT, WITHOUT ROWID"},
    {"person", "CREATE TABLE person (\n" CLAIM_KEY "  name TEXT NOT NULL,\n"
               "  office TEXT,\n"
               "  start INTEGER,\n"
               "  end INTEGER,\n"
               "  PRIMARY KEY (claim, number),\n"
               "  " SPAN("start", "end") "\n"
                                         ") STRICT, WITHOUT ROWID"},
    {"log", "CREATE TABLE log (\n"
            "  seq INTEGER PRIMARY KEY CHECK (seq >= 1),\n"
            "  at_unix_s INTEGER NOT NULL,\n"
            "  who TEXT NOT NULL,\n"
            "  action TEXT NOT NULL,\n"
            "  subject TEXT NOT NULL,\n"
            "  payload TEXT NOT NULL,\n"
            "  previous TEXT NOT NULL CHECK (length(previous) = 64),\n"
            "  hash TEXT NOT NULL CHECK (length(hash) = 64)\n"
            ") STRICT"},
    SEALED("knowledge", "the knowledge of a coding is never edited"),
    SEALED("source", "a source is immutable"),
    SEALED("sentence", "a source is immutable"),
    SEALED("coding", "a coding is never edited; a new rule set makes a new one"),
    SEALED("rule", "a claim is never edited; a new rule set makes new claims"),
    SEALED("reason", "a claim is never edited; a new rule set makes new claims"),
    SEALED("codes", "a claim is never edited; a new rule set makes new claims"),
    SEALED("actor", "a claim is never edited; a new rule set makes new claims"),
    SEALED("place", "a claim is never edited; a new rule set makes new claims"),
    SEALED("claim", "a claim is never edited; a new rule set makes new claims"),
    SEALED("party", "a claim is never edited; a new rule set makes new claims"),
    SEALED("location", "a claim is never edited; a new rule set makes new claims"),
    SEALED("count", "a claim is never edited; a new rule set makes new claims"),
    SEALED("claimant", "a claim is never edited; a new rule set makes new claims"),
    SEALED("person", "a claim is never edited; a new rule set makes new claims"),
    SEALED("log", "the log is append-only"),
    {"newest", "CREATE VIEW newest AS SELECT max(id) AS id, source FROM coding GROUP BY source"},
    {"sources",
     "CREATE VIEW sources AS SELECT substr(s.sha256, 1, 12) AS doc, s.sha256, s.name, s.publisher, "
     "s.published, s.url, s.lang, s.title, datetime(s.added_unix_s, 'unixepoch') AS added, "
     "length(s.text) AS code_points, g.claims, k.hash AS knowledge, k.program "
     "FROM source s JOIN newest n ON n.source = s.id JOIN coding g ON g.id = n.id "
     "JOIN knowledge k ON k.id = g.knowledge"},
    {"sentences",
     "CREATE VIEW sentences AS SELECT x.id, substr(s.sha256, 1, 12) AS doc, x.number, x.start, "
     "x.end, " MENTION(
         "x") " AS text FROM sentence x JOIN source s ON s.id = x.source "
              "JOIN newest n ON n.source = s.id JOIN coding g ON g.id = n.id AND g.split = x.split"},
    {"claims", "CREATE VIEW claims AS SELECT " CLAIM_ID ", substr(s.sha256, 1, 12) AS doc, s.publisher, "
               "s.published, c.kind, c.type, c.reality, c.earliest, c.latest, c.precision, c.basis, "
               "substr(s.text, c.when_start + 1, c.when_end - c.when_start) AS when_words, "
               "substr(s.text, c.trigger_start + 1, c.trigger_end - c.trigger_start) AS trigger, "
               "substr(s.text, c.quote_start + 1, c.quote_end - c.quote_start) AS quote, "
               "o.acled, o.plover, o.cameo, o.ucdp, r.name AS rule, c.score, c.same_as, c.part_of, "
               "c.sentence, c.id FROM newest n JOIN coding g ON g.id = n.id "
               "JOIN claim c ON c.coding = g.id JOIN source s ON s.id = g.source "
               "JOIN rule r ON r.id = c.rule JOIN codes o ON o.id = c.codes"},
    {"parties",
     "CREATE VIEW parties AS SELECT " CLAIM_ID ", x.number, x.role, a.code AS actor, a.name, "
     "a.kind, x.status, x.inherited, " MENTION("x") " AS mention, x.claim AS id "
                                                    "FROM party x JOIN actor a ON a.id = x.actor" FROM_CLAIM},
    {"locations", "CREATE VIEW locations AS SELECT " CLAIM_ID ", x.number, x.role, p.name, p.level, "
                  "p.country, p.admin1, p.admin2, p.lat_deg, p.lon_deg, p.code AS place, x.score, "
                  "x.candidates, w.words AS reason, x.inherited, " MENTION(
                      "x") " AS mention, x.claim AS id, "
                           "x.place AS place_id FROM location x JOIN place p ON p.id = x.place "
                           "LEFT JOIN reason w ON w.id = x.reason" FROM_CLAIM},
    {"counts",
     "CREATE VIEW counts AS SELECT " CLAIM_ID ", x.number, x.what, x.op, x.n, x.n_max, x.words, "
     "x.unit, x.of, x.aggregate, " MENTION("x") " AS mention, x.claim AS id FROM count x" FROM_CLAIM},
    {"claimants", "CREATE VIEW claimants AS SELECT " CLAIM_ID ", x.number, x.code AS actor, x.name, " MENTION(
                      "x") " AS mention, substr(s.text, x.cue_start + 1, x.cue_end - x.cue_start) AS cue, "
                           "substr(s.text, x.content_start + 1, x.content_end - x.content_start) AS content, "
                           "x.claim AS id FROM claimant x" FROM_CLAIM},
    {"persons", "CREATE VIEW persons AS SELECT " CLAIM_ID ", x.number, x.name, x.office, " MENTION(
                    "x") " AS mention, x.claim AS id FROM person x" FROM_CLAIM},
    {"history", "CREATE VIEW history AS SELECT seq, datetime(at_unix_s, 'unixepoch') AS at, who, action, "
                "subject, payload, hash FROM log"},
    /* From version 2 on. */
    /* Derived from the claims and the judgements: who tells of the same incident. */
    {"account", "CREATE TABLE account (\n"
                "  id INTEGER PRIMARY KEY,\n"
                "  coding INTEGER NOT NULL REFERENCES coding(id),\n"
                "  number INTEGER NOT NULL CHECK (number >= 1),\n"
                "  first_day INTEGER,\n" /* days since 1970 */
                "  last_day INTEGER,\n"
                "  wide INTEGER NOT NULL,\n" /* the span of days is longer than two */
                "  country TEXT NOT NULL,\n"
                "  admin1 TEXT NOT NULL,\n"
                "  place TEXT NOT NULL,\n"
                "  figure INTEGER NOT NULL,\n" /* its greatest, 0 where that is small */
                "  line TEXT NOT NULL,\n"      /* gr_account_write of link/accounts.h */
                "  UNIQUE (coding, number)\n"
                ") STRICT"},
    {"account_by_day", "CREATE INDEX account_by_day ON account (country, wide, first_day, admin1)"},
    {"account_by_span", "CREATE INDEX account_by_span ON account (wide, first_day, last_day)"},
    {"account_by_figure", "CREATE INDEX account_by_figure ON account (first_day, figure) WHERE figure > 0 "
                          "AND first_day IS NOT NULL"},
    {"account_by_place", "CREATE INDEX account_by_place ON account (place, first_day) WHERE place <> ''"},
    {"told", "CREATE TABLE told (\n"
             "  claim INTEGER PRIMARY KEY REFERENCES claim(id),\n"
             "  account INTEGER NOT NULL REFERENCES account(id)\n"
             ") STRICT"},
    {"told_by_account", "CREATE INDEX told_by_account ON told (account)"},
    {"pair", "CREATE TABLE pair (\n"
             "  a INTEGER NOT NULL REFERENCES account(id),\n"
             "  b INTEGER NOT NULL REFERENCES account(id),\n"
             "  verdict TEXT NOT NULL CHECK (verdict IN ('likely', 'certain')),\n"
             "  points INTEGER NOT NULL,\n"
             "  why INTEGER NOT NULL,\n" /* bits of gr_why in link/accounts.h */
             "  PRIMARY KEY (a, b),\n"
             "  CHECK (a < b)\n"
             ") STRICT, WITHOUT ROWID"},
    {"pair_by_other", "CREATE INDEX pair_by_other ON pair (b)"},
    {"member", "CREATE TABLE member (\n" /* accounts of the newest codings, each in one incident */
               "  account INTEGER PRIMARY KEY REFERENCES account(id),\n"
               "  incident INTEGER NOT NULL REFERENCES account(id)\n" /* named after one of its accounts */
               ") STRICT"},
    {"member_by_incident", "CREATE INDEX member_by_incident ON member (incident)"},
    {"voice", "CREATE TABLE voice (\n" /* reports whose texts are copies or rewrites of one another */
              "  source INTEGER PRIMARY KEY REFERENCES source(id),\n"
              "  voice INTEGER NOT NULL REFERENCES source(id)\n"
              ") STRICT"},
    {"voice_by_voice", "CREATE INDEX voice_by_voice ON voice (voice)"},
    {"shingle", "CREATE TABLE shingle (\n"
                "  band INTEGER NOT NULL,\n"
                "  hash INTEGER NOT NULL,\n"
                "  source INTEGER NOT NULL REFERENCES source(id),\n"
                "  PRIMARY KEY (hash, band, source)\n"
                ") STRICT, WITHOUT ROWID"},
    {"judgement", "CREATE TABLE judgement (\n" /* what reviewers decided; the log holds the same */
                  "  seq INTEGER PRIMARY KEY REFERENCES log(seq),\n"
                  "  who TEXT NOT NULL,\n"
                  "  action TEXT NOT NULL CHECK (action IN\n"
                  "    ('accept', 'reject', 'edit', 'merge', 'split', 'note', 'undo')),\n"
                  "  subject TEXT NOT NULL,\n" /* a claim or an account */
                  "  other TEXT NOT NULL,\n"   /* merge, split: the other account; edit: the field */
                  "  words TEXT NOT NULL,\n"   /* reason, note or new value */
                  "  undone_by INTEGER\n"
                  ") STRICT"},
    {"judgement_by_subject", "CREATE INDEX judgement_by_subject ON judgement (subject)"},
    {"judgement_by_other", "CREATE INDEX judgement_by_other ON judgement (other) WHERE other <> ''"},
    SEALED("account", "an account is never edited; a new coding makes new accounts"),
    SEALED("told", "an account is never edited; a new coding makes new accounts"),
    {"accounts", "CREATE VIEW accounts AS SELECT substr(s.sha256, 1, 12) || '-i' || a.number AS account, "
                 "substr(o.sha256, 1, 12) || '-i' || l.number AS incident, substr(s.sha256, 1, 12) AS doc, "
                 "s.publisher, s.published, date(a.first_day * 86400, 'unixepoch') AS earliest, "
                 "date(a.last_day * 86400, 'unixepoch') AS latest, a.country, a.admin1, a.place, "
                 "coalesce(v.voice, s.id) AS voice, a.id, m.incident AS incident_id FROM member m "
                 "JOIN account a ON a.id = m.account JOIN coding g ON g.id = a.coding "
                 "JOIN source s ON s.id = g.source LEFT JOIN voice v ON v.source = s.id "
                 "JOIN account l ON l.id = m.incident JOIN coding h ON h.id = l.coding "
                 "JOIN source o ON o.id = h.source"},
    {"incidents",
     "CREATE VIEW incidents AS SELECT incident, count(*) AS accounts, "
     "count(DISTINCT doc) AS reports, count(DISTINCT voice) AS voices, min(earliest) AS earliest, "
     "max(latest) AS latest, incident_id FROM accounts GROUP BY incident_id"},
    {"told_claims", "CREATE VIEW told_claims AS SELECT " CLAIM_ID ", x.account AS account_id, m.incident "
                    "AS incident_id, c.id FROM told x" FROM_CLAIM " JOIN member m ON m.account = x.account"},
    {"judgements", "CREATE VIEW judgements AS SELECT seq, who, action, subject, other, words, undone_by "
                   "FROM judgement"},
    {NULL, NULL},
};
