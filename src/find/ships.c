/* Ships by name: a prefix of a navy or of merchant ships before capitalised words ("HMS Kestrel", "MV Sea
 * Star"). */
#include "find/find_internal.h"

enum { LONGEST_SHIP_NAME = 5 };

static bool is_navy_prefix(gr_slice form) {
    static const char *const prefixes[] = {
        "HMS", "USS", "USNS",  "USCGC", "HMAS",  "HMCS",  "HMNZS", "RFA", "FS",   "INS", "PNS",  "NNS",
        "KNS", "SAS", "TCG",   "ENS",   "RFS",   "FGS",   "ROKS",  "JS",  "BRP",  "KRI", "SLNS", "ARA",
        "BAP", "ORP", "HNLMS", "HDMS",  "HNoMS", "HSwMS", "IRIS",  "RSS", "HTMS", "UMS"};
    return GR_AMONG(form, prefixes);
}

static bool is_merchant_prefix(gr_slice form) {
    static const char *const prefixes[] = {"MV", "M/V", "FV", "F/V", "MSV", "M/T"};
    return GR_AMONG(form, prefixes);
}

static bool is_name_word(const gr_finder *f, uint32_t i) {
    if (i >= f->sentence->tok_end || !f->who->key[i].len) return false;
    return gr_starts_upper(f->text->token[i].form) && f->word[i].upos != GR_DET && f->word[i].upos != GR_PRON;
}

/* "Charles de Gaulle", "Star of the Sea" */
static bool joins_name(const gr_finder *f, uint32_t i) {
    static const char *const words[] = {"de", "del", "da", "do", "of", "the", "al", "la", "el"};
    return GR_AMONG(gr_key_at(f, i), words);
}

uint32_t gr_ship_end(const gr_finder *f, uint32_t begin, uint32_t *word_class) {
    gr_slice form = f->text->token[begin].form;
    bool capitals = form.len > 1 && form.ptr[0] <= 'Z' && form.ptr[1] <= 'Z'; /* or a stroke: "M/V" */
    if (!capitals) return begin;
    bool navy = is_navy_prefix(form);
    if (!navy && !is_merchant_prefix(form)) return begin;
    uint32_t end = begin + 1;
    while (is_name_word(f, end) && end < begin + LONGEST_SHIP_NAME) {
        uint32_t next = ++end;
        while (next < end + 2 && joins_name(f, next)) next++;
        if (next > end && is_name_word(f, next)) end = next;
    }
    bool named = end > begin + 1 && !gr_all_upper(f->text->token[begin + 1].form);
    if (!named && !(end > begin + 1 && f->sentence->all_capitals && !navy)) return begin;
    gr_slice kind = navy ? GR_S("warship") : GR_S("ship");
    for (const gr_sense *s = gr_senses_of(f->know, kind); s; s = s->next)
        if (s->kind == GR_SENSE_CLASS) {
            *word_class = s->index;
            return end;
        }
    return begin;
}
