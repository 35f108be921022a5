/* The program: finds the command, sorts its words, runs it, and prints the one line of an error. */
#include "cli/command.h"
#include "cli/json.h"
#include "cli/screen.h"

#include <stdio.h>

static void print_overview(FILE *out) {
    fputs("griot reads conflict reports and keeps the situation they describe: every\n"
          "assertion with the sentence that makes it and the one who makes it.\n\n"
          "usage: griot COMMAND [ARGUMENTS]\n\n",
          out);
    for (unsigned i = 0; i < GR_COMMAND_COUNT; i++)
        fprintf(out, "  %-10s %s\n", gr_commands[i]->name, gr_commands[i]->summary);
    fputs("\n  griot COMMAND --help   what a command takes, with examples\n"
          "  griot --version        the version\n\n"
          "Start with: griot demo\n",
          out);
}

/* Text from `column` on, which is reached already; line ends in it are blanks. */
static void print_wrapped(unsigned column, const char *text) {
    gr_flow flow = {.indent = column, .column = column};
    for (gr_slice rest = gr_slice_of(text); rest.len;) {
        gr_flow_put(&flow, GR_PLAIN, gr_cut(&rest, '\n'));
        gr_flow_put(&flow, GR_PLAIN, GR_S(" "));
    }
    gr_flow_end(&flow);
}

static void print_option(const gr_option *option) {
    enum { HELP_COLUMN = 26 };
    char left[64];
    char letter[8] = "    ";
    if (option->letter) snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name, option->value ? " " : "",
             option->value ? option->value : "");
    printf("  %-*s ", HELP_COLUMN - 3, left);
    print_wrapped(HELP_COLUMN, option->help);
}

static void print_help(const gr_command *command) {
    printf("griot %s: %s\n\nusage: griot %s %s\n\n", command->name, command->summary, command->name,
           command->synopsis);
    print_wrapped(0, command->about);
    puts("\nOptions:");
    for (const gr_option *option = command->option; option->name; option++) print_option(option);
    print_option(&(gr_option){"help", 'h', NULL, "this text"});
    printf("\nExamples:\n%s", command->examples);
}

static const gr_command *find_command(const char *word, gr_error *err) {
    const char *names[GR_COMMAND_COUNT];
    for (unsigned i = 0; i < GR_COMMAND_COUNT; i++) {
        names[i] = gr_commands[i]->name;
        if (strcmp(word, names[i]) == 0) return gr_commands[i];
    }
    const char *kind = word[0] == '-' ? "option" : "command";
    const char *near = gr_nearest(word[0] == '-' ? word + strspn(word, "-") : word, names, GR_COMMAND_COUNT);
    if (near && word[0] != '-')
        gr_fail(err, GR_USAGE, NULL, "unknown command %s; did you mean griot %s?", word, near);
    else
        gr_fail(err, GR_USAGE, NULL, "unknown %s %s; see griot --help", kind, word);
    return NULL;
}

static gr_status run_command(const gr_command *command, int argc, const char **argv, gr_error *err) {
    gr_args args;
    gr_status status = gr_args_parse(command, argc, argv, &args, err);
    if (status != GR_OK) return status;
    if (args.help) {
        print_help(command);
        return GR_OK;
    }
    return command->run(&args, err);
}

static gr_status run(int argc, const char **argv, gr_error *err) {
    if (argc < 2) {
        print_overview(stderr);
        return gr_fail(err, GR_USAGE, NULL, "no command was given");
    }
    const char *word = argv[1];
    bool help = strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        puts("griot " GRIOT_VERSION);
    } else if (help && argc == 2) {
        print_overview(stdout);
    } else {
        const gr_command *command = find_command(help ? argv[2] : word, err);
        if (!command) return GR_USAGE;
        if (!help) return run_command(command, argc - 2, argv + 2, err);
        print_help(command);
    }
    return GR_OK;
}

int main(int argc, char **argv) {
    gr_json_set_up();
    gr_error err = {0};
    gr_status status = run(argc, (const char **)argv, &err);
    if ((fflush(stdout) != 0 || ferror(stdout)) && status == GR_OK)
        status = gr_fail(&err, GR_IO, NULL, "standard output cannot be written; is the disk full?");
    if (status != GR_OK) gr_print_error(&err);
    return gr_exit_code(status);
}
