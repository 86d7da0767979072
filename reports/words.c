/* reports/words.c - fills a language's sentence with its arguments.
 *
 * In: a word, a language, strings. Out: a string in the run. Invariant: arguments are put in as
 * they are and never read as patterns, so a party named "{1}" does no harm. */
#include <string.h>
#include "reports/words.h"
#include "reports/amount.h"
#include "reports/text.h"

enum { ARGUMENTS_MAX = 10 };

const char *utfall__word_of(utfall_language language, utfall__word word)
{
    const bool is_sv = language == UTFALL_SV;
    const char *said = (is_sv ? utfall__words_sv : utfall__words_en)[word];
    return said != NULL ? said
                        : (is_sv ? utfall__words_outlook_sv : utfall__words_outlook_en)[word];
}

/* The argument number at `text`, or ARGUMENTS_MAX when no "{digit}" stands there. */
static size_t argument_at(const char *text)
{
    if (text[0] == '{' && text[1] >= '0' && text[1] <= '9' && text[2] == '}') {
        return (size_t)(text[1] - '0');
    }
    return ARGUMENTS_MAX;
}

const char *utfall__fill(utfall_run *run, const char *pattern, va_list list)
{
    const char *arguments[ARGUMENTS_MAX];
    size_t needed = 0, taken = 0;
    for (const char *p = pattern; *p != '\0'; p++) {
        size_t number = argument_at(p);
        needed = number < ARGUMENTS_MAX && number + 1 > needed ? number + 1 : needed;
    }
    for (; taken < needed; taken++) {
        arguments[taken] = va_arg(list, const char *);
    }
    utfall__text text;
    utfall__text_start(&text, run);
    for (const char *p = pattern; *p != '\0';) {
        size_t number = argument_at(p);
        if (number < ARGUMENTS_MAX) {
            utfall__text_add(&text, arguments[number]);
            p += 3;
        } else {
            size_t plain = 1 + strcspn(p + 1, "{");
            utfall__text_add_bytes(&text, p, plain);
            p += plain;
        }
    }
    const char *out = NULL;
    return utfall__text_end(&text, &out, NULL) == UTFALL_OK ? out : NULL;
}

const char *utfall__say(utfall_run *run, utfall_language language, utfall__word word, ...)
{
    va_list list;
    va_start(list, word);
    const char *said = utfall__fill(run, utfall__word_of(language, word), list);
    va_end(list);
    return said;
}

const char *utfall__say_count(utfall_run *run, utfall_language language, utfall__word one,
                              utfall__word many, uint64_t count)
{
    return utfall__say(run, language, count == 1 ? one : many, utfall__count(run, language, count));
}
