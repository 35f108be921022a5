#include "cli/command.h"
#include "find/time.h"

#include <stdio.h>

static const gr_option *find_long(const gr_command *command, gr_slice name) {
    for (const gr_option *option = command->option; option->name; option++)
        if (gr_eq(gr_slice_of(option->name), name)) return option;
    return NULL;
}

static const gr_option *find_letter(const gr_command *command, char letter) {
    for (const gr_option *option = command->option; option->name; option++)
        if (option->letter == letter) return option;
    return NULL;
}

static gr_status unknown_option(const gr_command *command, const char *word, gr_slice name, gr_error *err) {
    const char *names[GR_MAX_OPTIONS + 1];
    unsigned count = 0;
    for (const gr_option *option = command->option; option->name; option++) names[count++] = option->name;
    names[count++] = "help";
    char typed[64];
    snprintf(typed, sizeof typed, "%.*s", (int)(name.len < 63 ? name.len : 63), name.ptr);
    const char *near = gr_nearest(typed, names, count);
    if (near)
        return gr_fail(err, GR_USAGE, NULL, "%s: unknown option %s; did you mean --%s?", command->name, word,
                       near);
    return gr_fail(err, GR_USAGE, NULL, "%s: unknown option %s; see griot %s --help", command->name, word,
                   command->name);
}

/* One option at argv[*at]; moves *at to the value when that stands in a word of its own. */
static gr_status take_option(gr_args *args, int argc, const char **argv, int *at, gr_error *err) {
    const gr_command *command = args->command;
    const char *word = argv[*at];
    bool is_long = word[1] == '-';
    gr_slice value = gr_slice_of(word + (is_long ? 2 : 1));
    gr_slice name = is_long ? gr_cut(&value, '=') : gr_sub(value, 0, 1);
    const char *given = NULL;
    if (is_long && value.ptr) given = value.ptr;
    if (!is_long && word[2]) given = word + 2;
    if (gr_eq(name, is_long ? GR_S("help") : GR_S("h"))) {
        args->help = true;
        return GR_OK;
    }
    const gr_option *option = is_long ? find_long(command, name) : find_letter(command, word[1]);
    if (!option) return unknown_option(command, word, name, err);
    if (!option->value && given)
        return gr_fail(err, GR_USAGE, NULL, "%s: --%s takes no value", command->name, option->name);
    if (option->value && !given) {
        if (*at + 1 >= argc)
            return gr_fail(err, GR_USAGE, NULL, "%s: --%s needs a value: --%s %s", command->name,
                           option->name, option->name, option->value);
        given = argv[++*at];
    }
    args->value[option - command->option] = option->value ? given : "";
    return GR_OK;
}

static gr_status count_operands(const gr_args *args, gr_error *err) {
    const gr_command *command = args->command;
    if (args->operand_count < command->least)
        return gr_fail(err, GR_USAGE, NULL, "%s: something is missing; usage: griot %s %s", command->name,
                       command->name, command->synopsis);
    if (command->most >= 0 && args->operand_count > command->most)
        return gr_fail(err, GR_USAGE, NULL, "%s: does not take \"%s\"; usage: griot %s %s", command->name,
                       args->operand[command->most], command->name, command->synopsis);
    return GR_OK;
}

gr_status gr_args_parse(const gr_command *command, int argc, const char **argv, gr_args *out, gr_error *err) {
    *out = (gr_args){.command = command, .operand = argv};
    bool options_end = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (!options_end && strcmp(word, "--") == 0) {
            options_end = true;
        } else if (options_end || word[0] != '-' || word[1] == '\0') {
            out->operand[out->operand_count++] = word;
        } else {
            gr_status status = take_option(out, argc, argv, &i, err);
            if (status != GR_OK || out->help) return status;
        }
    }
    return count_operands(out, err);
}

const char *gr_args_value(const gr_args *args, const char *name) {
    const gr_option *option = find_long(args->command, gr_slice_of(name));
    return option ? args->value[option - args->command->option] : NULL;
}

gr_slice gr_args_slice(const gr_args *args, const char *name) {
    return gr_slice_of(gr_args_value(args, name));
}

bool gr_args_given(const gr_args *args, const char *name) {
    return gr_args_value(args, name) != NULL;
}

gr_status gr_args_number(const gr_args *args, const char *name, uint64_t least, uint64_t most,
                         uint64_t otherwise, uint64_t *out, gr_error *err) {
    *out = otherwise;
    gr_slice given = gr_args_slice(args, name);
    if (!given.ptr) return GR_OK;
    if (gr_parse_u64(given, out) && *out >= least && *out <= most) return GR_OK;
    return gr_fail(err, GR_USAGE, NULL, "%s: --%s takes a number from %llu to %llu, not \"%s\"",
                   args->command->name, name, (unsigned long long)least, (unsigned long long)most, given.ptr);
}

gr_status gr_args_day(const gr_args *args, const char *name, int32_t *day, gr_error *err) {
    *day = GR_NO_DAY;
    gr_slice given = gr_args_slice(args, name);
    if (!given.ptr) return GR_OK;
    *day = gr_day_parse(given);
    if (*day != GR_NO_DAY) return GR_OK;
    return gr_fail(err, GR_USAGE, NULL, "%s: --%s takes a date such as 2024-02-10, not \"%s\"",
                   args->command->name, name, given.ptr);
}
