/* Any words behind any command's name: the first byte picks the command, a NUL ends a word. Each word must
 * come out as an option, an operand or one clear error; numbers and days must be in range or an error. */
#include "cli/command.h"
#include "find/time.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

enum { MOST_WORDS = 64 };

static int cut_words(char *bytes, size_t size, const char *word[MOST_WORDS]) {
    int count = 0;
    for (size_t begin = 0, i = 0; i <= size && count < MOST_WORDS; i++) {
        if (i < size && bytes[i]) continue;
        bytes[i] = '\0';
        word[count++] = bytes + begin;
        begin = i + 1;
    }
    return count;
}

static void check_values(const gr_args *args) {
    for (const gr_option *option = args->command->option; option->name; option++) {
        uint64_t number;
        int32_t day;
        gr_error err = {0};
        const char *value = gr_args_value(args, option->name);
        demand(gr_args_given(args, option->name) == (value != NULL) && (!value || option->value || !*value));
        if (gr_args_number(args, option->name, 1, 99, 7, &number, &err) == GR_OK)
            demand(number >= 1 && number <= 99 && (value || number == 7));
        else
            demand(value && err.status == GR_USAGE && err.message[0]);
        if (gr_args_day(args, option->name, &day, NULL) == GR_OK) demand(value || day == GR_NO_DAY);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *word[MOST_WORDS];
    if (!size) return 0;
    const gr_command *command = gr_commands[data[0] % GR_COMMAND_COUNT];
    char *bytes = malloc(size);
    demand(bytes != NULL);
    memcpy(bytes, data + 1, size - 1);
    int count = cut_words(bytes, size - 1, word);
    gr_args args;
    gr_error err = {0};
    gr_status status = gr_args_parse(command, count, word, &args, &err);
    demand(status == GR_OK || (status == GR_USAGE && err.message[0]));
    demand(args.operand_count <= count);
    if (status == GR_OK && !args.help) check_values(&args);
    free(bytes);
    return 0;
}
