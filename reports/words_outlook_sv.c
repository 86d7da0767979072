/* reports/words_outlook_sv.c - what reports say in Swedish of what may be paid: before any data,
 * under other terms, with other people. The order is that of words.h. */
#include "reports/words.h"

const char *const utfall__words_outlook_sv[UTFALL__WORDS] = {
    /* curve */
    [WORD_CURVE] = "Betalning före data: vad kontraktet ger vid olika kostnadsminskning",
    [WORD_CURVE_INTRO] =
        "Ingen data är använd. Projektkostnaden antas vara {0}. Beloppen är vad {1} får i "
        "allt. En negativ kostnadsminskning betyder att kostnaden blev högre än förväntat.",
    [WORD_CURVE_OPEN] = "När alla villkor är uppnådda",
    [WORD_CURVE_CLOSED] = "När inget villkor är uppnått",
    [WORD_CURVE_ALWAYS] = "Oavsett kostnadsminskning",
    [WORD_CURVE_SAVING] = "Kostnadsminskning, {0}",
    [WORD_CURVE_PAYMENT] = "Betalning, {0}",
    [WORD_CURVE_SLOPE] = "Därefter",
    [WORD_CURVE_BELOW] = "under {0}",
    [WORD_CURVE_ANY] = "alla",
    [WORD_CURVE_KRONA] = "krona",
    [WORD_CURVE_FLAT] = "betalningen står stilla",
    [WORD_CURVE_MINOR] = "{0} öre av varje ytterligare krona går till {1}",
    [WORD_CURVE_ALL] = "varje ytterligare {0} går till {1}",
    [WORD_CURVE_SHARE] = "{0} av varje ytterligare {1} går till {2}",
    [WORD_CURVE_FALLS] = "betalningen minskar med {0} av varje ytterligare {1}",
    [WORD_CURVE_JUMP] = "{0}; just däröver hoppar betalningen med {1}",
    [WORD_CURVE_LEAST_MOST] = "Minst {0} och mest {1}.",
    [WORD_CURVE_LEAST] = "Minst {0}; uppåt finns ingen gräns.",
    [WORD_CURVE_MOST] = "Mest {0}; nedåt finns ingen gräns.",
    [WORD_CURVE_UNBOUNDED] = "Betalningen har ingen gräns, varken nedåt eller uppåt.",
    [WORD_CURVE_LEFT_OUT_ONE] = "{0} steg beror på annat än kostnadsminskningen och är inte med.",
    [WORD_CURVE_LEFT_OUT_MANY] = "{0} steg beror på annat än kostnadsminskningen och är inte med.",
    /* what if */
    [WORD_WHATIF] = "Om det hade varit annorlunda",
    [WORD_WHATIF_SCENARIO] = "Scenario",
    [WORD_WHATIF_SAVING] = "Kostnadsminskning",
    [WORD_WHATIF_EXPECTED] = "Förväntad kostnad",
    [WORD_WHATIF_ACTUAL] = "Faktisk kostnad",
    [WORD_WHATIF_DUE] = "{0} betalar {1}",
    [WORD_WHATIF_RESULT] = "Resultat för {0}",
    [WORD_WHATIF_BORNE] = "Bärs av {0}",
    [WORD_WHATIF_REFUSED] = "{0}: inte avräknat: {1}",
    [WORD_WHATIF_STOPPED] = "Avbrutet: {0} av {1} scenarier avräknades.",
    [WORD_WHATIF_AMOUNTS] = "Belopp i {0}, avrundade för läsning; --as json ger dem exakta.",
    [WORD_WHATIF_NUMBER] = "Rad",
    [WORD_WHATIF_TORNADO] = "Ett i taget: {0}, {1} som avtalat",
    [WORD_WHATIF_PLACE] = "Ställe",
    [WORD_WHATIF_LEAST] = "Minst",
    [WORD_WHATIF_MOST] = "Mest",
    [WORD_WHATIF_SWING] = "Utslag",
    [WORD_WHATIF_AT] = "{0} vid {1}",
    /* risk */
    [WORD_RISK] = "Hur säkert är resultatet?",
    [WORD_RISK_INTRO] =
        "{0} omdragningar, slumptalsfrö {1}. I varje dras målgruppens {2} personer och "
        "jämförelsegruppens {3} på nytt inom sina grupper, med återläggning, och avtalet "
        "betalar vad det betalar vid den kostnadsminskning som då blir.",
    [WORD_RISK_INTRO_AGREED] =
        "{0} omdragningar, slumptalsfrö {1}. I varje dras målgruppens {2} personer på nytt inom "
        "sina "
        "grupper, med återläggning, mot den avtalade schablonkostnaden, och avtalet betalar "
        "vad det betalar vid den kostnadsminskning som då blir.",
    [WORD_RISK_LIMITS] =
        "Bara personernas kostnader dras om: utfall, villkor och projektkostnad står kvar som"
        " de är. Siffrorna visar hur mycket som hänger på vilka personer det råkade bli. De "
        "visar inte om jämförelsegruppen är rättvisande.",
    [WORD_RISK_INTERRUPTED] = "Avbrutet: {0} av {1} omdragningar gjordes. Allt nedan gäller bara "
                              "dem; --replicates {2} ger samma siffror igen.",
    [WORD_RISK_INTERRUPTED_LATER] =
        "Avbrutet: alla {0} omdragningar gjordes, men inte allt som begärdes under \"{1}\".",
    [WORD_RISK_SAVING] = "Kostnadsminskningen",
    [WORD_RISK_FOUND] = "Avräknad",
    [WORD_RISK_MEDIAN] = "Mittersta omdragningen",
    [WORD_RISK_INTERVAL] = "95\xC2\xA0% ligger mellan",
    [WORD_RISK_BETWEEN] = "{0} och {1}",
    [WORD_RISK_NEGATIVE] = "Under noll",
    [WORD_RISK_BREAK_EVEN] = "Når brytpunkten",
    [WORD_RISK_BREAK_EVEN_AT] = "Brytpunkt",
    [WORD_RISK_PROJECT_COST] = "{0}, projektkostnaden",
    [WORD_RISK_OF] = "{0} av {1} omdragningar ({2})",
    [WORD_RISK_HISTOGRAM] = "Omdragningar efter kostnadsminskning, {0}",
    [WORD_RISK_FROM] = "Från",
    [WORD_RISK_REPLICATES] = "Omdragningar",
    [WORD_RISK_BAR] = "Andel",
    [WORD_RISK_PAYMENT] = "Vad {0} får betalt",
    [WORD_RISK_BANDS] = "Omdragningar efter vad kostnadsminskningen ger, villkoren som de är",
    [WORD_RISK_BAND_SAVING] = "Kostnadsminskning, {0}",
    [WORD_RISK_BAND_PAYS] = "Betalning, {0}",
    [WORD_RISK_BAND_BELOW] = "under {0}",
    [WORD_RISK_BAND_TO] = "{0} till {1}",
    [WORD_RISK_BAND_ABOVE] = "{0} och mer",
    [WORD_RISK_BAND_ANY] = "vilken som helst",
    [WORD_RISK_NO_BANDS] =
        "Betalningen beror på mer än kostnadsminskningen och visas därför inte efter den.",
    [WORD_RISK_BUDGET] = "Vad {0} behöver räkna med",
    [WORD_RISK_CLASSES] = "Betalning efter säkerhet, {0}",
    [WORD_RISK_CLASS] = "Klass",
    [WORD_RISK_AMOUNT] = "Belopp",
    [WORD_RISK_IN_ALL] = "Sammanlagt",
    [WORD_RISK_FIXED] = "Fast",
    [WORD_RISK_PROBABLE] = "Trolig",
    [WORD_RISK_POSSIBLE] = "Möjlig",
    [WORD_RISK_TERMS] =
        "Fast betalas oavsett kostnadsminskning, med villkoren som de är. Trolig är vad som "
        "kommer till upp till det belopp som hälften av omdragningarna håller sig inom, "
        "möjlig upp till det belopp som 95\xC2\xA0% håller sig inom.",
    [WORD_RISK_MOST] =
        "Det mesta som avtalet kan kosta {0}, med alla villkor uppfyllda, är {1}. Själva "
        "avräkningen ger {2}.",
    [WORD_RISK_NO_MOST] =
        "Avtalet sätter ingen gräns för vad det kan kosta {0}. Själva avräkningen ger {1}.",
    [WORD_RISK_YEARS] = "Samma belopp efter det år då de uppkommer, {0}",
    [WORD_RISK_YEAR] = "År",
    [WORD_RISK_YEARS_NOTE] =
        "Det som är en andel av projektkostnaden uppkommer de år då den drogs ned, allt annat"
        " det år då den sista betalningsperioden tar slut. När det betalas säger avtalet.",
    [WORD_RISK_CHANCE] = "Kan det vara slump?",
    [WORD_RISK_PERMUTATION] =
        "Om insatsen inte hade gjort någon skillnad för kostnaderna vore det som en "
        "lottdragning vem i en grupp som fick den. I {0} av {1} slumpvisa byten inom "
        "grupperna blev kostnadsminskningen minst lika långt från noll som den blev "
        "(p\xC2\xA0=\xC2\xA0"
        "{2}), och i {3} minst lika hög (p\xC2\xA0=\xC2\xA0{4}). Ju mindre p är, desto sämre "
        "förklarar slumpen utfallet; "
        "under 0,05 brukar kallas statistiskt säkerställt.",
    [WORD_RISK_NO_PERMUTATION] =
        "Bytestestet kräver personer på båda sidor, alla följda hela betalningsperioden; det "
        "gjordes inte.",
    [WORD_RISK_PERMUTATION_PART] =
        "Avbrutet: {0} av {1} byten gjordes; --permutations {2} ger samma siffror igen.",
    [WORD_RISK_PERMUTATION_NOT] = "Bytestestet gjordes inte: körningen avbröts innan dess.",
    [WORD_RISK_NO_PERMUTATION_PRICES] =
        "Med prisindex görs inget bytestest, och hur många som hade behövts räknas inte ut.",
    [WORD_RISK_POWER_NOW] =
        "En kostnadsminskning på {0} per person, {1} totalt, hade synts i {2} av {3} "
        "omdragningar med de personer som fanns (tvåsidigt test på 5\xC2\xA0%).",
    [WORD_RISK_POWER_NEEDED] =
        "För att se den i 80\xC2\xA0% av fallen hade det behövts {0} gånger så många: {1} personer "
        "och {2} att jämföra med.",
    [WORD_RISK_POWER_ENOUGH] =
        "Det fanns tillräckligt många för att se den i 80\xC2\xA0% av fallen.",
    [WORD_RISK_POWER_BEYOND] =
        "För att se den i 80\xC2\xA0% av fallen hade det behövts mer än {0} gånger så många.",
    [WORD_RISK_NO_POWER] =
        "Hur många personer som hade behövts går inte att säga: det kräver en effekt över "
        "noll och personer som alla följts hela betalningsperioden.",
    [WORD_RISK_POWER_PART] =
        "Hur många personer som hade behövts blev inte klarlagt: körningen avbröts.",
    [WORD_RISK_POWER_NOT] =
        "Hur många personer som hade behövts söktes inte: körningen avbröts innan dess.",
    [WORD_RISK_FIGURE] =
        "Omdragningar efter kostnadsminskning: {0} av {1} under noll, {2} når brytpunkten",
    [WORD_RISK_FIGURE_OF] = "{0}, läget {1}",
    [WORD_RISK_FIGURE_FROM] = "Från, {0}",
    [WORD_RISK_FIGURE_SETTLED] = "{0} \xE2\x97\x82 avräknad",
    [WORD_RISK_FIGURE_NOTE] =
        "Avräknad: {3} {2}. 95\xC2\xA0% av omdragningarna ligger mellan {0} och {1} {2}.",
    /* goal seek */
    [WORD_SEEK_TITLE] = "Vilket värde på {0} ger {1}?",
    [WORD_SEEK_SAVING] = "kostnadsminskning",
    [WORD_SEEK_COST] = "sänkning av den faktiska kostnaden",
    [WORD_SEEK_PEOPLE] = "antal personer",
    [WORD_SEEK_NOW] = "Nu: {0}, vilket ger {2} ett resultat på {1}.",
    [WORD_SEEK_NOW_PAYOUT] = "Nu: {0}, och {1} betalas sammanlagt.",
    [WORD_SEEK_ONE] = "Svar: {0}.",
    [WORD_SEEK_HIGHER] = "Svar: kostnaden skulle behöva vara {0} högre.",
    [WORD_SEEK_RISE] = "en ökning på {0}",
    [WORD_SEEK_FROM_TO] = "Svar: allt från {0} till {1}.",
    [WORD_SEEK_UP] = "Svar: allt från {0} och uppåt.",
    [WORD_SEEK_DOWN] = "Svar: allt upp till {0}.",
    [WORD_SEEK_ANY] = "Svar: vilket värde som helst.",
    [WORD_SEEK_WITHOUT_FROM] = "{0} Bara ovanför den nedre gränsen.",
    [WORD_SEEK_WITHOUT_TO] = "{0} Bara under den övre gränsen.",
    [WORD_SEEK_NONE] = "Inget värde gör det.",
    [WORD_SEEK_BOUNDS] = "Det som kan nås ligger mellan {0} och {1}.",
    [WORD_SEEK_NO_END] = "(ingen gräns)",
    [WORD_SEEK_EXACT] = "{0} (exakt {1})",
    [WORD_SEEK_PERSONS] = "{0} personer",
    [WORD_SEEK_PERSONS_BETWEEN] = "mellan {0} och {1} personer",
    [WORD_SEEK_OF] = "{0} av {1}",
    [WORD_SEEK_HELD] = "Allt annat är som avräknat: personer, kostnader, projektkostnad, villkor. "
                       "Belopp före avrundning.",
};
