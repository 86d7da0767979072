/* engine/deck.c - people laid out for the rows that will ask for them.
 *
 * In: everybody, with their places given. Out: a card each, where the hash of the id leads, so that
 * a row finds its person in one place of memory. The upper half of the hash decides, scaled to the
 * size of the deck. A card lies in one of UTFALL__DECK_PROBES places or nowhere; who has none is
 * found through the index, at its cost. Invariant: no card is ever taken away, so an empty place on
 * the way means absence. */
#include "engine/fold.h"
#include "engine/core/run.h"
#include <string.h>
#include "engine/core/ban.h"

enum { LINE = 64 }; /* bytes of a line of the processor's cache */

static utfall__card card_of(const utfall_fold *fold, uint32_t i, const char *id, size_t len)
{
    utfall__card card = {.person = fold->people[i],
                         .number = i + 1,
                         .len = len <= UTFALL__CARD_ID_MAX ? (uint8_t)len : UINT8_MAX};
    size_t held = len <= UTFALL__CARD_ID_MAX ? len : UTFALL__CARD_ID_MAX;
    if (held > 0)
        memcpy(card.id, id, held);
    return card;
}

utfall_status utfall__deck_lay(utfall_fold *fold)
{
    const uint32_t count = fold->ids.count;
    const uint32_t places = count + count / 2 + 1; /* a third stays free */
    const size_t cards = (size_t)places + UTFALL__DECK_PROBES;
    fold->deck_room = utfall__run_resize(fold->run, NULL, cards * sizeof *fold->deck + LINE, 1);
    if (!fold->deck_room)
        return UTFALL_E_NOMEM;
    memset(fold->deck_room, 0, cards * sizeof *fold->deck + LINE);
    /* Cards must not lie across lines. */
    fold->deck =
        (utfall__card *)(void *)(fold->deck_room + LINE - (uintptr_t)fold->deck_room % LINE);
    fold->deck_count = places;
    for (uint32_t i = 0; i < count; i++) {
        const char *id = utfall__index_text(&fold->ids, i);
        const size_t len = fold->ids.at[i + 1] - fold->ids.at[i] - 1;
        utfall__card *card = &fold->deck[utfall__deck_at(fold, utfall__index_hash(id, len))];
        for (int probe = 0; probe < UTFALL__DECK_PROBES; probe++, card++) {
            if (card->number != 0)
                continue;
            *card = card_of(fold, i, id, len);
            break;
        }
    }
    return UTFALL_OK;
}
