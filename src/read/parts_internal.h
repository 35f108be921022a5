/* Between the files that read foreign formats. */
#ifndef GRIOT_READ_PARTS_INTERNAL_H
#define GRIOT_READ_PARTS_INTERNAL_H

#include "read/formats.h"
#include "read/parts.h"

/* Hands a document on. What it leaves empty of publisher, published, url and lang comes from `of`. A document
 * without text is set aside. GR_OK also where the sink stops. */
gr_status gr_give(gr_unpacking *u, const gr_reading *of, gr_reading reading);
/* The same for one that a foreign program has to read. */
gr_status gr_give_to_program(gr_unpacking *u, const gr_reading *of, gr_reading reading);
/* A part that failed: named, and the others go on. Returns GR_OK unless the whole input has to end: for
 * GR_TOO_LARGE of a bomb (u->stopped) and where nothing is a part of anything (name empty). */
gr_status gr_set_aside(gr_unpacking *u, gr_slice name, const gr_error *why, gr_error *err);
/* Reads bytes, a part called `of->name`, whatever they are; failures are set aside. */
gr_status gr_read_inner(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);
/* Counts bytes that came out of an archive. GR_TOO_LARGE, and the end of it all, where they are too many. */
gr_status gr_count_unpacked(gr_unpacking *u, size_t bytes, gr_error *err);
gr_status gr_out_of_memory(gr_error *err);

/* "name#number" or, for number 0, "name/member", into a cleared buffer. */
gr_slice gr_part_name(gr_buffer *into, gr_slice name, uint64_t number, gr_slice member);
/* The day that a text states: ISO 8601, RFC 5322, the order of Unix's date, or seconds since 1970; empty
 * where it states none. */
void gr_take_day(gr_slice text, char day[11]);
/* ISO 639-1 from "en", "en-GB", "en_US"; empty for anything else. */
void gr_take_lang(gr_slice text, char lang[4]);
/* Appends text, taken out of markup where there is some. Bad UTF-8 becomes U+FFFD. */
gr_status gr_add_marked_up(gr_slice text, gr_buffer *out, gr_error *err);
/* Title and body as one text: the title stands first unless the body begins with it. */
void gr_join_title(gr_buffer *out, gr_slice title, gr_slice body);
/* Blanks at both ends and runs of them collapsed, into a cleared buffer. */
gr_slice gr_one_line(gr_buffer *into, gr_slice text);
/* Bytes in an encoding, as mail and XML name it, to UTF-8; an unknown one is guessed. */
gr_status gr_add_decoded(gr_slice bytes, gr_slice charset, gr_buffer *out, uint32_t *bad, gr_error *err);

/* One file a format. */
gr_status gr_read_packed(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);
gr_status gr_read_archive(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);
gr_status gr_read_warc(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);
gr_status gr_read_feed(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);
gr_status gr_read_json(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);
gr_status gr_read_table(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);
gr_status gr_read_mail(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);
gr_status gr_read_mbox(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);
/* A page or plain text. */
gr_status gr_read_plain(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_format format,
                        gr_error *err);
/* An office document whose parts have been taken out of its ZIP archive; meta may be empty. */
gr_status gr_read_office(gr_unpacking *u, gr_format format, gr_slice content, gr_slice meta, gr_slice bytes,
                         const gr_reading *of, gr_error *err);
/* Unpacks one stream of gzip, bzip2, xz or zstd as far as it goes. */
gr_status gr_unpack_all(gr_unpacking *u, gr_slice packed, gr_buffer *out, gr_error *err);

#endif
