/* cli/options.c - from the words of the command line to a command with its options, driven by the
 * tables of main.c, which also make the help. Long options only: "--name value", "--name=value",
 * "--switch"; "--" ends them. */
#include "cli/wrong_use.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *cli_say(const struct cli *cli, const char *en, const char *sv)
{
    switch (cli->language) {
    case UTFALL_EN:
        return en;
    case UTFALL_SV:
        return sv;
    }
    return en;
}

/* The language of the locale's messages, as the environment names it. */
static utfall_language language_of_locale(void)
{
    const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0')
            return strncmp(value, "sv", 2) == 0 ? UTFALL_SV : UTFALL_EN;
    }
    return UTFALL_EN;
}

static void print_commands(FILE *to, const struct cli_command *commands)
{
    fprintf(to,
            "utfall %s: settles social outcomes contracts\n\nusage: utfall COMMAND ... (utfall "
            "COMMAND --help)\n\n",
            utfall_version);
    for (const struct cli_command *c = commands; c->name != NULL; c++)
        fprintf(to, "  %-8s %-19s %s\n", c->name, c->operands, c->summary);
    fputs("\nexit codes: 0 done, 1 the answer is no, 2 wrong use, 3 input refused,\n"
          "            4 reading, writing or keys failed, 70 a bug in utfall,\n"
          "            130 stopped with Ctrl-C, what was done is shown\n",
          to);
}

static void print_command(FILE *to, const struct cli_command *command)
{
    fprintf(to, "usage: utfall %s %s [options]\n%s\n\n", command->name, command->operands,
            command->summary);
    for (const struct cli_option *o = command->options; o->name != NULL; o++) {
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", o->name, o->argument != NULL ? " " : "",
                 o->argument != NULL ? o->argument : "");
        fprintf(to, "  %-26s %s\n", left, o->help);
    }
}

int cli_usage(const struct cli *cli, const char *fault, const char *word)
{
    fprintf(stderr, "utfall: %s", fault);
    if (word != NULL)
        fprintf(stderr, " \"%s\"", word);
    fputc('\n', stderr);
    if (cli->command != NULL)
        fprintf(stderr, "usage: utfall %s %s [options]; utfall %s --help lists them\n",
                cli->command->name, cli->command->operands, cli->command->name);
    else
        fputs("usage: utfall COMMAND ...; utfall --help lists them\n", stderr);
    return EXIT_USAGE;
}

const char *cli_value(const struct cli *cli, const char *name)
{
    const char *found = NULL;
    for (int i = 0; i < cli->given_count; i++)
        if (strcmp(cli->given[i].option->name, name) == 0)
            found = cli->given[i].value;
    return found;
}

bool cli_has(const struct cli *cli, const char *name)
{
    for (int i = 0; i < cli->given_count; i++)
        if (strcmp(cli->given[i].option->name, name) == 0)
            return true;
    return false;
}

static const struct cli_option *option_find(const struct cli_command *command, const char *name,
                                            size_t len)
{
    for (const struct cli_option *o = command->options; o->name != NULL; o++)
        if (strlen(o->name) == len && memcmp(o->name, name, len) == 0)
            return o;
    return NULL;
}

/* One word that begins with "--", and perhaps the next one. Gives the number of words used, 0 on
 * wrong use. */
static int take_option(struct cli *cli, int left, char **words)
{
    const char *name = words[0] + 2, *equals = strchr(name, '=');
    size_t len = equals != NULL ? (size_t)(equals - name) : strlen(name);
    const struct cli_option *option = option_find(cli->command, name, len);
    if (option == NULL) {
        cli_usage(cli, "there is no option", words[0]);
        return 0;
    }
    if (cli->given_count == CLI_WORDS_MAX) {
        cli_usage(cli, "too many options at", words[0]);
        return 0;
    }
    const char *value = equals != NULL ? equals + 1 : NULL;
    int used = 1;
    if (option->argument == NULL && value != NULL) {
        cli_usage(cli, "an option that takes no value has one in", words[0]);
        return 0;
    }
    if (option->argument != NULL && value == NULL) {
        if (left < 2) {
            cli_usage(cli, "a value is missing after", words[0]);
            return 0;
        }
        value = words[1];
        used = 2;
    }
    cli->given[cli->given_count].option = option;
    cli->given[cli->given_count++].value = value;
    return used;
}

/* Options that every command has. Gives -1 to go on. */
static int common_options(struct cli *cli)
{
    const char *lang = cli_value(cli, "lang"), *errors = cli_value(cli, "errors");
    if (lang != NULL && strcmp(lang, "sv") != 0 && strcmp(lang, "en") != 0)
        return cli_usage(cli, "--lang is sv or en, not", lang);
    if (lang != NULL)
        cli->language = strcmp(lang, "sv") == 0 ? UTFALL_SV : UTFALL_EN;
    if (errors != NULL && strcmp(errors, "text") != 0 && strcmp(errors, "json") != 0)
        return cli_usage(cli, "--errors is text or json, not", errors);
    cli->errors_as_json = errors != NULL && strcmp(errors, "json") == 0;
    return -1;
}

/* Gives -1 to run the command, else the exit code. */
int cli_parse(struct cli *cli, const struct cli_command *commands, int argc, char **argv)
{
    cli->language = language_of_locale();
    if (argc < 2) {
        print_commands(stderr, commands);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_commands(stdout, commands);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("utfall %s (rules %s)\n", utfall_version, utfall_rules);
        return EXIT_DONE;
    }
    for (const struct cli_command *c = commands; c->name != NULL && cli->command == NULL; c++)
        if (strcmp(c->name, argv[1]) == 0)
            cli->command = c;
    if (cli->command == NULL)
        return cli_usage(cli, "there is no command", argv[1]);
    bool only_operands = false;
    for (int i = 2; i < argc;) {
        int used = 1;
        if (!only_operands && strcmp(argv[i], "--") == 0)
            only_operands = true;
        else if (!only_operands && strncmp(argv[i], "--", 2) == 0)
            used = take_option(cli, argc - i, argv + i);
        else if (!only_operands && argv[i][0] == '-' && argv[i][1] != '\0')
            return cli_usage(cli, "options begin with --, unlike", argv[i]);
        else if (cli->operand_count == cli->command->operands_max)
            return cli_usage(cli, "one word too many:", argv[i]);
        else
            cli->operands[cli->operand_count++] = argv[i];
        if (used == 0)
            return EXIT_USAGE;
        i += used;
    }
    if (cli_has(cli, "help")) {
        print_command(stdout, cli->command);
        return EXIT_DONE;
    }
    int code = common_options(cli);
    if (code >= 0)
        return code;
    if (cli->operand_count < cli->command->operands_min)
        return cli_usage(cli, "this command needs", cli->command->operands);
    return cli_wrong_use(cli);
}
