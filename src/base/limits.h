/* Every ceiling of griot, in one place. Sizes in bytes unless the name says otherwise. */
#ifndef GRIOT_BASE_LIMITS_H
#define GRIOT_BASE_LIMITS_H

#define GR_MAX_DOCUMENT_B ((size_t)64 << 20)       /* one report as read */
#define GR_MAX_STREAM_LINE_B ((size_t)64 << 20)    /* one line of a JSON-lines stream */
#define GR_MAX_DOCUMENT_ARENA_B ((size_t)4 << 30)  /* memory to read and code one report */
#define GR_MAX_PROCESS_ARENA_B ((size_t)1 << 30)   /* knowledge files, once a process */
#define GR_MAX_TOKENS ((uint32_t)32 << 20)         /* tokens a document */
#define GR_MAX_SENTENCE_TOKENS 256u                /* a longer sentence is cut for the parser */
#define GR_MAX_MODEL_B ((size_t)64 << 20)          /* model file */
#define GR_MAX_GAZETTEER_B ((size_t)1 << 30)       /* gazetteer image */
#define GR_MAX_KNOWLEDGE_FILE_B ((size_t)16 << 20) /* one knowledge file */
#define GR_MAX_PLACE_SOURCE_B ((size_t)2 << 30)    /* a dump of places, read once */
#define GR_MAX_PLACES_ARENA_B ((size_t)6 << 30)    /* memory to build a gazetteer */
#define GR_MAX_KNOWLEDGE_FILES 512
#define GR_MAX_IMPORTED_ACTORS 200000u /* of one foreign dictionary */
#define GR_MAX_HTML_DEPTH 256u         /* nesting of elements */
#define GR_MAX_XML_DEPTH 256u          /* of office documents and feeds; libxml2's own ceiling as well */
#define GR_MAX_UNPACK_DEPTH 4u         /* archives within archives */
#define GR_MAX_UNPACK_RATIO 250u       /* what an input may unpack to, in times its size ... */
#define GR_MAX_UNPACK_START_B ((size_t)64 << 20) /* ... and this much in any case */
#define GR_MAX_STREAM_HEAD_B ((size_t)64 << 10)  /* looked at to tell what an input is */
#define GR_MAX_READER_MEMORY_B ((size_t)2 << 30) /* address space of the child that reads foreign formats */
#define GR_MAX_READER_CPU_MS 20000u              /* its work without progress: it hangs */
#define GR_MAX_READER_WALL_MS 120000u            /* waiting for it without progress */
#define GR_MAX_TOOL_CPU_S 60u                    /* a foreign program on one document */
#define GR_MAX_TOOL_WALL_MS 180000u
#define GR_MAX_SET_ASIDE 10000u /* inputs that are listed at the end; the others are counted */
#define GR_MAX_MAPS 64u         /* field maps */
#define GR_MAX_CSV_COLUMNS 256u
#define GR_MAX_MIME_PARTS 1000u
#define GR_MAX_THREADS 256u
#define GR_MAX_CLAIMS_PER_DOCUMENT 100000u
#define GR_MAX_CLAIMS_PER_SENTENCE 64u
#define GR_MAX_GROUP_REPORTS 8192u          /* compared each with each */
#define GR_MAX_PACKED_B ((size_t)512 << 20) /* one packed value of the record, unpacked */

#endif
