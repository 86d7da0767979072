/* reports/words_sv.c - what reports say of a settlement in Swedish. The order is that of words.h; a
 * test proves that no entry is missing and that both languages take the same arguments. */
#include "reports/words.h"

const char *const utfall__words_sv[UTFALL__WORDS] = {
    /* calendar */
    [WORD_JAN] = "jan",
    [WORD_FEB] = "feb",
    [WORD_MAR] = "mars",
    [WORD_APR] = "april",
    [WORD_MAY] = "maj",
    [WORD_JUN] = "juni",
    [WORD_JUL] = "juli",
    [WORD_AUG] = "aug",
    [WORD_SEP] = "sep",
    [WORD_OCT] = "okt",
    [WORD_NOV] = "nov",
    [WORD_DEC] = "dec",
    [WORD_JANUARY] = "januari",
    [WORD_FEBRUARY] = "februari",
    [WORD_MARCH] = "mars",
    [WORD_APRIL] = "april",
    [WORD_MAY_LONG] = "maj",
    [WORD_JUNE] = "juni",
    [WORD_JULY] = "juli",
    [WORD_AUGUST] = "augusti",
    [WORD_SEPTEMBER] = "september",
    [WORD_OCTOBER] = "oktober",
    [WORD_NOVEMBER] = "november",
    [WORD_DECEMBER] = "december",
    /* small words */
    [WORD_AND] = " och ",
    [WORD_YES] = "ja",
    [WORD_NO] = "nej",
    [WORD_TOTAL] = "Summa",
    [WORD_ABOUT] = "≈\xC2\xA0{0}",
    [WORD_QUOTED] = "”{0}”",
    [WORD_PERSON] = "{0} person",
    [WORD_PERSONS] = "{0} personer",
    [WORD_PERSON_THE] = "den enda personen i målgruppen",
    [WORD_PERSONS_THE] = "de {0} personerna i målgruppen",
    [WORD_NTH_ONE] = "{0} insatsmånad",
    [WORD_NTH_MANY] = "{0} insatsmånader",
    [WORD_NOT_KNOWN] = "saknas",
    [WORD_MINUS] = "−",
    [WORD_LESS] = " − ",
    [WORD_PLUS] = " + ",
    /* head */
    [WORD_STATEMENT] = "Avräkning",
    [WORD_CONTRACT] = "Kontrakt",
    [WORD_AS_OF] = "Avser läget",
    [WORD_END_OF] = "vid utgången av {0}",
    [WORD_SIGNED_ON] = "Undertecknat",
    [WORD_SOURCE] = "Källa",
    [WORD_LEDGER] = "Ledger",
    [WORD_DIGEST] = "Fingeravtryck (SHA-256)",
    [WORD_SEAL] = "E-stämpel",
    [WORD_SEAL_NONE] = "ingen",
    [WORD_SEAL_TEST] = "TESTSTÄMPEL, gjord med en provnyckel: {0}",
    [WORD_COMPUTED_WITH] = "Beräknat med",
    [WORD_VERSION] = "utfall {0}, regelversion {1}",
    /* summary */
    [WORD_SUMMARY] = "Sammanfattning",
    [WORD_SUMMARY_HIGHER] =
        "Kostnaden för {0} blev {1} under {2}; det är {4} högre än den förväntade kostnaden "
        "{3}.",
    [WORD_SUMMARY_EQUAL] = "Kostnaden för {0} blev {1} under {2}, precis som förväntat.",
    [WORD_SUMMARY_LOWER] =
        "Kostnaden för {0} blev {1} under {2}; det är {4} lägre än den förväntade kostnaden "
        "{3}.",
    [WORD_SUMMARY_PAID_HIGHER] =
        "Betalningen ser bara till de första {0} månaderna; då var kostnaden {1} högre än "
        "förväntat.",
    [WORD_SUMMARY_PAID_EQUAL] =
        "Betalningen ser bara till de första {0} månaderna; då var kostnaden precis som "
        "förväntat.",
    [WORD_SUMMARY_PAID_LOWER] =
        "Betalningen ser bara till de första {0} månaderna; då var kostnaden {1} lägre än "
        "förväntat.",
    [WORD_SUMMARY_PAYS] = "{0} ska betala {1} till {2}",
    [WORD_SUMMARY_PAYS_NOTHING] = "Ingen part ska betala något",
    [WORD_SUMMARY_BORNE] = "{0}; projektkostnaden {1} bärs därmed av {2}.",
    [WORD_SUMMARY_BASIS] =
        "Resultatet vilar på {0} (steg {1} av 5 på utvärderingstrappan); {2}{3}.",
    [WORD_SUMMARY_COMPLETE] = "alla har följts hela perioden",
    [WORD_SUMMARY_INCOMPLETE] = "{0} av {1} har följts hela perioden, så utfallet kan ännu ändras",
    [WORD_SUMMARY_STATED_ONE] = "; utfallet {0} är uppgivet i kontraktet och inte uträknat här",
    [WORD_SUMMARY_STATED_MANY] = "; utfallen {0} är uppgivna i kontraktet och inte uträknade här",
    [WORD_SUMMARY_PRICES] =
        "Jämförelsegruppens kostnader är omräknade med prisindex{0} till prisläget i var och ens "
        "egna månader i målgruppen.",
    [WORD_SUMMARY_PRICES_AGREED] =
        "De avtalade schablonkostnaderna är omräknade med prisindex{0} till prisläget i var och "
        "ens egna månader i målgruppen.",
    [WORD_SUMMARY_PRICES_IDLE] =
        "Ett prisindex är avtalat men används inte i denna avräkning: jämförelsegruppens kostnader "
        "jämförs som de betalades.",
    [WORD_SUMMARY_PRICES_VALUES] = " Indexvärdena står i bilaga {0}.",
    [WORD_SUMMARY_PRICES_WITHOUT] = " Vad resultatet vore utan det: utfall whatif CONTRACT --set "
                                    "comparison_group.price_index.use=true,false",
    [WORD_BASIS_HISTORIC] = "en historisk jämförelsegrupp om {0}",
    [WORD_BASIS_CONCURRENT] = "en samtidig jämförelsegrupp om {0}",
    [WORD_BASIS_RANDOMISED] = "en lottad kontrollgrupp om {0}",
    [WORD_BASIS_AGREED] = "en avtalad schablonkostnad",
    /* parties and terms */
    [WORD_PARTIES_AND_TERMS] = "Parter och villkor",
    [WORD_PARTIES] = "Parter",
    [WORD_PARTY] = "Part",
    [WORD_ROLE] = "Roll",
    [WORD_ORG_NUMBER] = "Organisationsnummer",
    [WORD_ROLE_INVESTOR] = "finansiär",
    [WORD_ROLE_OUTCOME_PAYER] = "utfallsbeställare",
    [WORD_ROLE_INTERMEDIARY] = "intermediär",
    [WORD_ROLE_PROVIDER] = "utförare",
    [WORD_ROLE_VERIFIER] = "oberoende granskare",
    [WORD_TERMS] = "Villkor som gäller",
    [WORD_TERM] = "Villkor",
    [WORD_VALUE] = "Lydelse",
    [WORD_CLAUSE] = "Var det står",
    [WORD_COMMITMENT] = "Åtagande",
    [WORD_WINDOW] = "Uppföljningsperiod",
    [WORD_PAYMENT_WINDOW] = "Betalningen ser till",
    [WORD_FIRST_MONTHS] = "de första {0} insatsmånaderna",
    [WORD_COMPARISON] = "Jämförelse",
    [WORD_PRICE_INDEX] = "Prisindex",
    [WORD_PRICE_INDEX_TERM] = "schablonkostnader i prisläget {0}, omräknade till varje månad",
    [WORD_PRICE_INDEX_IDLE] = "avtalat, används inte i denna avräkning",
    [WORD_COUNTS] = "Kostnader som räknas",
    [WORD_GROUPED_BY] = "Schablongrupper efter",
    [WORD_INCOMPLETE] = "Den som inte följts hela perioden",
    [WORD_INCOMPLETE_REFUSE] = "ingen avräkning görs",
    [WORD_INCOMPLETE_TO_DATE] = "månaderna hittills räknas, på båda sidor",
    [WORD_INCOMPLETE_EXCLUDE] = "räknas inte",
    [WORD_ROUNDING] = "Avrundning",
    [WORD_ROUNDING_RESIDUE] = "{0}; resten bärs av {1}",
    [WORD_ROUND_NEVER] = "ingen avrundning tillåts",
    [WORD_ROUND_HALF_AWAY] = "till närmaste {0}, halva bort från noll",
    [WORD_ROUND_HALF_EVEN] = "till närmaste {0}, halva till jämnt",
    [WORD_ROUND_FLOOR] = "nedåt till {0}",
    [WORD_ROUND_CEILING] = "uppåt till {0}",
    [WORD_ROUND_TOWARD_ZERO] = "mot noll till {0}",
    [WORD_DESIGN_HISTORIC] = "historisk jämförelsegrupp",
    [WORD_DESIGN_CONCURRENT] = "samtidig jämförelsegrupp",
    [WORD_DESIGN_RANDOMISED] = "lottad kontrollgrupp",
    [WORD_DESIGN_AGREED] = "schablonkostnad avtalad i kontraktet",
    [WORD_STEP_NAMED] = "Steg {0}: {1}",
    /* rules of steps */
    [WORD_MEASURE_AMOUNT] = "beloppet",
    [WORD_MEASURE_SAVING] = "kostnadsminskningen",
    [WORD_MEASURE_DRAWN] = "projektkostnaden",
    [WORD_MEASURE_COMMITMENT] = "åtagandet",
    [WORD_MEASURE_EXPECTED] = "den förväntade kostnaden",
    [WORD_MEASURE_ACTUAL] = "den faktiska kostnaden",
    [WORD_MEASURE_SUM] = "summan för ”{0}”",
    [WORD_MEASURE_PERSONS] = "antalet personer i ”{0}”",
    [WORD_MEASURE_IMPROVED] = "antalet som förbättrats i ”{0}”",
    [WORD_MEASURE_RATE] = "andelen i ”{0}”",
    [WORD_MEASURE_CLAIMS] = "antalet godkända anspråk i ”{0}”",
    [WORD_SHARE_OF] = "{0} av {1}",
    [WORD_RULE_SLICE] = "{0} av {1} mellan {2} och {3}",
    [WORD_RULE_PRICE] = "{0} gånger {1}",
    [WORD_RULE_PRICE_LIMIT] = "{0} gånger {1}, högst {2}",
    [WORD_RULE_TABLE_STEP] = "enligt tabell efter {0}",
    [WORD_RULE_TABLE_LINEAR] = "enligt tabell efter {0}, rakt mellan raderna",
    [WORD_RULE_FIXED] = "fast belopp, {0}",
    [WORD_RULE_CAP] = "{0}, högst {1}",
    [WORD_RULE_FLOOR] = "{0}, minst {1}",
    [WORD_RULE_WHEN] = "{0}, om {1} har uppnåtts",
    /* groups */
    [WORD_AGE_AT_START] = "ålder vid start",
    [WORD_PREVIOUSLY_PLACED] = "tidigare placerad",
    [WORD_EVERYBODY] = "alla",
    [WORD_LEVEL_UNDER] = "under {0}",
    [WORD_LEVEL_BETWEEN] = "{0}–{1}",
    [WORD_LEVEL_FROM] = "{0} eller mer",
    [WORD_LEVEL_NOT] = "ej {0}",
    /* inputs */
    [WORD_INPUTS] = "Underlag",
    [WORD_FILES] = "Filer",
    [WORD_FILE] = "Fil",
    [WORD_CONTENT] = "Innehåll",
    [WORD_ROWS] = "Rader",
    [WORD_DIGEST_START] = "SHA-256, början",
    [WORD_INPUT_CONTRACT] = "kontrakt",
    [WORD_INPUT_PEOPLE] = "målgruppens personer",
    [WORD_INPUT_COSTS] = "målgruppens kostnader",
    [WORD_INPUT_REFERENCE_PEOPLE] = "jämförelsegruppens personer",
    [WORD_INPUT_REFERENCE_COSTS] = "jämförelsegruppens kostnader",
    [WORD_INPUT_STANDARD_COST] = "avtalad schablonkostnad",
    [WORD_INPUT_PRICE_INDEX] = "prisindex",
    [WORD_INPUT_DRAWN] = "projektkostnad",
    [WORD_INPUT_SCHOOL] = "skolform och närvaro",
    [WORD_INPUT_GRADES] = "betyg",
    [WORD_INPUT_OUTCOME] = "utfall",
    [WORD_INPUT_CONTROL] = "utfall, kontrollgrupp",
    [WORD_ROWS_INTRO] =
        "Varje kostnadsrad hamnar i precis en klass, den första som stämmer. Raderna "
        "summerar till filen.",
    [WORD_ROWS_TARGET] = "Målgruppens kostnadsrader",
    [WORD_ROWS_COMPARISON] = "Jämförelsegruppens kostnadsrader",
    [WORD_CLASS] = "Klass",
    [WORD_AMOUNT_IN] = "Belopp, {0}",
    [WORD_CLASS_UNKNOWN] = "okänd person",
    [WORD_CLASS_NOT_SELECTED] = "person utanför urvalet",
    [WORD_CLASS_SOURCE] = "källa eller kategori som inte räknas",
    [WORD_CLASS_BEFORE] = "före personens start",
    [WORD_CLASS_EXITED] = "efter att personen lämnat",
    [WORD_CLASS_AFTER] = "efter uppföljningsperioden",
    [WORD_CLASS_USED] = "räknad",
    /* calculation */
    [WORD_CALCULATION] = "Beräkning",
    [WORD_TOTALS] = "Faktisk och förväntad kostnad",
    [WORD_PERIOD] = "Period",
    [WORD_PERIOD_PAID] = "varav de första {0}, som betalningen ser till",
    [WORD_ACTUAL] = "Faktisk kostnad",
    [WORD_EXPECTED] = "Förväntad kostnad",
    [WORD_DIFFERENCE] = "Skillnad",
    [WORD_ACTUAL_IN] = "Faktisk kostnad, {0}",
    [WORD_EXPECTED_IN] = "Förväntad kostnad, {0}",
    [WORD_DIFFERENCE_IN] = "Skillnad, {0}",
    [WORD_COST_HIGHER] =
        "Kostnaden var {0} högre än förväntat. Skillnaden är förväntad minus faktisk "
        "kostnad: minus betyder att kostnaden blev högre.",
    [WORD_COST_EQUAL] =
        "Kostnaden var precis som förväntat. Skillnaden är förväntad minus faktisk kostnad.",
    [WORD_COST_LOWER] =
        "Kostnaden var {0} lägre än förväntat: det är kostnadsminskningen. Skillnaden är "
        "förväntad minus faktisk kostnad.",
    [WORD_LEVELS] = "Nivåer för den faktiska kostnaden",
    [WORD_LEVEL] = "Nivå",
    [WORD_ACTUAL_LIES] = "Den faktiska kostnaden ligger",
    [WORD_MEANING] = "Innebörd",
    [WORD_NO_SAVINGS] = "Ingen kostnadsminskning",
    [WORD_BREAK_EVEN] = "Brytpunkt",
    [WORD_CAP] = "Betalningstak",
    [WORD_NO_SAVINGS_MEANS] = "den förväntade kostnaden",
    [WORD_BREAK_EVEN_MEANS] = "kostnadsminskningen är lika stor som projektkostnaden",
    [WORD_CAP_MEANS] = "därunder växer betalningen inte mer",
    [WORD_ABOVE_LEVEL] = "{0} över",
    [WORD_AT_LEVEL] = "på nivån",
    [WORD_BELOW_LEVEL] = "{0} under",
    [WORD_BY_GROUP] = "Per schablongrupp",
    [WORD_GROUPS_INTRO] =
        "Personerna är grupperade efter {0}, som det var när var och en började. Förväntad "
        "kostnad är gruppens schablonkostnad gånger antalet personer, månad för månad.",
    [WORD_GROUPS_NONE] =
        "Alla hör till samma grupp. Förväntad kostnad är schablonkostnaden gånger antalet "
        "personer, månad för månad.",
    [WORD_BY_GROUP_CAPTION] = "Kostnad per schablongrupp, hela {0}",
    [WORD_GROUP] = "Grupp",
    [WORD_TARGET_SHORT] = "Målgrupp",
    [WORD_COMPARISON_SHORT] = "Jämförelse",
    [WORD_BY_NTH] = "Per insatsmånad",
    [WORD_NTH_INTRO] =
        "Insatsmånaden räknas från var och ens egen start. Sista spalten säger hur många som "
        "i periodens sista månad kostade mindre än sin schablonkostnad.",
    [WORD_BY_NTH_CAPTION] = "Kostnad per insatsmånad, hela {0}",
    [WORD_NTHS] = "Månad",
    [WORD_ACCUMULATED] = "Ackumulerad skillnad",
    [WORD_PERSONS_BELOW] = "Under schablon",
    [WORD_OF_PERSONS] = "{0} av {1}",
    [WORD_EVALUATION] = "Utvärderingens styrka",
    [WORD_EVALUATION_HISTORIC] =
        "Den förväntade kostnaden kommer från en tidigare grupp som valts för att likna "
        "målgruppen. Allt annat som har ändrats sedan dess, priser och arbetssätt till "
        "exempel, syns också i skillnaden. Det är steg {0} på utvärderingstrappan.",
    [WORD_EVALUATION_HISTORIC_PRICES] =
        "Den förväntade kostnaden kommer från en tidigare grupp och är omräknad med prisindex. "
        "Allt "
        "annat som har ändrats sedan dess, arbetssätt till exempel, syns också i skillnaden. Det "
        "är steg {0} på utvärderingstrappan.",
    [WORD_EVALUATION_CONCURRENT] =
        "Den förväntade kostnaden kommer från en grupp under samma tid som valts för att "
        "likna målgruppen. Skillnader mellan grupperna som inte syns i uppgifterna kan "
        "påverka resultatet. Det är steg {0} på utvärderingstrappan.",
    [WORD_EVALUATION_RANDOMISED] =
        "Den förväntade kostnaden kommer från en grupp som lottats ur samma personer som "
        "målgruppen. Det är steg {0} på utvärderingstrappan, det högsta.",
    [WORD_EVALUATION_AGREED] =
        "Den förväntade kostnaden är avtalad i förväg, utan jämförelsegrupp. Skillnaden "
        "säger om målet nåddes, inte vad som orsakade det. Det är steg {0} på "
        "utvärderingstrappan.",
    [WORD_LADDER_1] = "Projektbeskrivning",
    [WORD_LADDER_2] = "Aktivitetsuppföljning",
    [WORD_LADDER_3] = "Resultatuppföljning mot satta mål",
    [WORD_LADDER_4] = "Effektutvärdering med utvald jämförelsegrupp",
    [WORD_LADDER_5] = "Effektutvärdering med lottad kontrollgrupp",
    [WORD_THIS_STEP] = "{0} (denna avräkning)",
    /* conditions */
    [WORD_CONDITIONS] = "Villkorade utfall",
    [WORD_CONDITIONS_NONE] = "Kontraktet har inga villkorade utfall.",
    [WORD_CONDITIONS_CAPTION] = "Utfall, och om de nåddes",
    [WORD_OUTCOME] = "Utfall",
    [WORD_CAME_TO] = "Blev",
    [WORD_DEMAND] = "Krav",
    [WORD_HOLDS] = "Uppnått",
    [WORD_STATED_YES] = "uppgivet: ja",
    [WORD_STATED_NO] = "uppgivet: nej",
    [WORD_SUM_OVER] = "summa {0} för {1}",
    [WORD_LEFT_OUT] = "{0}, {1} utelämnade",
    [WORD_WOULD_HAVE_ADDED] = "{0} (som hade gett {1})",
    [WORD_AND_RATE] = "{0}, andel {1}",
    [WORD_AND_CLAIMS] = "{0}, {1} anspråk",
    [WORD_AND_MISSING] = "{0}, uppgift saknas för {1}",
    [WORD_DEMAND_STATED] = "uppgivet ja",
    [WORD_DEMAND_NONE] = "inget krav",
    [WORD_SCALES_CAPTION] = "Medelvärden vid mättillfällena, för dem som har värden vid alla",
    [WORD_SCALE] = "Skala",
    [WORD_SCALE_PEOPLE] = "Personer",
    [WORD_SCALE_MEANS] = "Medelvärden",
    [WORD_SCALE_CHANGE] = "Ändring",
    [WORD_SCALE_CHANGE_BOTH] = "{0} ({1})",
    [WORD_SCALE_CHANGED] = "Bättre / lika / sämre",
    [WORD_SCALE_MISSING] = "Saknas",
    [WORD_FIGURE_SUM] = "summan",
    [WORD_FIGURE_PERSONS] = "antalet personer",
    [WORD_FIGURE_IMPROVED] = "antalet förbättrade",
    [WORD_FIGURE_RATE] = "andelen",
    [WORD_FIGURE_CLAIMS] = "antalet anspråk",
    [WORD_RELATION_GT] = "{0} över {1}",
    [WORD_RELATION_GE] = "{0} minst {1}",
    [WORD_RELATION_LT] = "{0} under {1}",
    [WORD_RELATION_LE] = "{0} högst {1}",
    /* distribution */
    [WORD_DISTRIBUTION] = "Fördelning steg för steg",
    [WORD_DISTRIBUTION_INTRO] =
        "Stegen räknas i kontraktets ordning. Med siffrorna nedan kan vem som helst räkna "
        "efter.",
    [WORD_STEPS_CAPTION] = "Stegen i korthet",
    [WORD_STEP] = "Steg",
    [WORD_CONDITION] = "Villkor",
    [WORD_PAYS_IN] = "Ger, {0}",
    [WORD_GATE_NONE] = "inget",
    [WORD_GATE_OPEN] = "uppnått",
    [WORD_GATE_NOT_OPEN] = "inte uppnått",
    [WORD_RULE] = "Regel: {0}.",
    [WORD_GATE_CLOSED] = "Villkoret är inte uppnått, så regeln ger inget.",
    [WORD_SLICE_BETWEEN] = "Här är {0} {1}. Mellan {3} och {4} ligger {2} av detta.",
    [WORD_PRODUCT] = "{0} × {1} = {2}",
    [WORD_PRODUCT_ABOUT] = "{0} × {1} ≈ {2}",
    [WORD_UNITS_LIMITED] = "Det blev {0}, men högst {1} betalas.",
    [WORD_TABLE_BELOW] = "Här är {0} {1}. Det når inte tabellens första rad, så den ger inget.",
    [WORD_TABLE_ROW] = "Här är {0} {1}. Det når tabellens rad {2} ({3}), som ger {4}: {5}.",
    [WORD_TABLE_BETWEEN] =
        "Här är {0} {1}. Det ligger mellan tabellens rad {2} ({3}) och rad {4} ({5}); rakt "
        "däremellan ger det {6}.",
    [WORD_FIXED_PAYS] = "Det fasta beloppet är {0}.",
    [WORD_CAP_BIT] = "Stegets tak, {0}, begränsar det till {1}.",
    [WORD_FLOOR_BIT] = "Stegets golv, {0}, höjer det till {1}.",
    [WORD_ROUNDED] = "Avrundat {0}. Resten, {1} öre exakt, bärs av {2}.",
    [WORD_PAID_LINE] = "{0} till {1}: {2}",
    /* payment and result */
    [WORD_PAYMENT] = "Betalning",
    [WORD_PAYMENT_CAPTION] = "Att betala",
    [WORD_FROM] = "Från",
    [WORD_TO] = "Till",
    [WORD_PAYMENT_NOTE] =
        "Beloppen är vad kontraktet ger i sin helhet fram till avräkningens datum; det som "
        "kan ha betalats tidigare är inte avdraget.",
    [WORD_RESULT_SECTION] = "Resultat och vem som bär kostnaden",
    [WORD_RESULT_CAPTION] = "Resultat per part, och vad var och en bär av projektkostnaden, {0}",
    [WORD_RECEIVES] = "Får",
    [WORD_PAYS] = "Betalar",
    [WORD_RESULT] = "Resultat",
    [WORD_BEARS] = "Bär",
    [WORD_PART_SAVING] = "skillnad {0}",
    [WORD_PART_RECEIVED] = "erhållet {0}",
    [WORD_PART_PAID] = "betalat {0}",
    [WORD_PART_DRAWN] = "projektkostnad {0}",
    [WORD_RESULT_FORMULA] = "{0}: {1} = {2}",
    [WORD_RESULT_FORMULA_ABOUT] = "{0}: {1} ≈ {2}",
    [WORD_RESULT_NOTE] =
        "Tillsammans är resultatet skillnaden {0} minus projektkostnaden {1}, alltså {2}. "
        "Skillnaden är en beräknad kostnadsminskning eller kostnadsökning, inte en bokförd "
        "post.",
    [WORD_CHECKS] = "Avstämning",
    [WORD_CHECKS_INTRO] = "Detta är räknat på två vägar och stämmer exakt:",
    [WORD_CHECK_ACTUAL_CALENDAR] = "faktisk kostnad per insatsmånad och per kalendermånad",
    [WORD_CHECK_ACTUAL_GROUP] = "faktisk kostnad per insatsmånad och per grupp",
    [WORD_CHECK_EXPECTED_CALENDAR] = "förväntad kostnad per insatsmånad och per kalendermånad",
    [WORD_CHECK_DRAWN] = "projektkostnaden ackumulerad och i allt",
    [WORD_CHECK_BELOW] = "personer under, på och över schablonkostnaden och personer per månad",
    [WORD_CHECK_ACTIVE] = "personer per kalendermånad och per insatsmånad",
    [WORD_CHECK_STARTS] = "personer per startmånad och per grupp",
    [WORD_CHECK_RESIDUE] = "betalat plus avrundningsrest och exakt belopp",
    [WORD_CHECK_DUE] = "belopp mellan parter och belopp per steg",
    [WORD_CHECK_RESULTS] = "parternas resultat tillsammans och skillnaden minus projektkostnaden",
    [WORD_ROUNDING_NOTE] =
        "Tecknet ≈ står där ett belopp är avrundat för läsbarhet till två decimaler, halva "
        "bort från noll. Belopp i hela kronor eller miljoner är avrundade på samma sätt, så "
        "summor kan avvika. De exakta värdena står i ledgern.",
    /* appendices */
    [WORD_APPENDIX] = "Bilaga {0}: {1}",
    [WORD_TABLE] = "Tabell {0}. {1}",
    [WORD_SECTION] = "{0}. {1}",
    [WORD_BY_CALENDAR] = "Per kalendermånad",
    [WORD_CALENDAR_INTRO] = "Ackumulerade belopp: samma uppgifter som i figuren.",
    [WORD_BY_CALENDAR_CAPTION] = "Ackumulerad kostnad per kalendermånad, hela {0}",
    [WORD_MONTH] = "Månad",
    [WORD_ACTIVE] = "Personer i insats",
    [WORD_DRAWN] = "Projektkostnad",
    [WORD_DRAWN_ABOVE] = "{0}, {1} mer än åtagandet",
    [WORD_NTH] = "Insatsmånad",
    [WORD_NTH_TABLE_INTRO] =
        "De tre sista spalterna säger hur många personer som kostade mindre än, lika mycket "
        "som och mer än sin schablonkostnad.",
    [WORD_BELOW] = "Under",
    [WORD_AT] = "På",
    [WORD_ABOVE] = "Över",
    [WORD_STANDARD_COSTS] = "Schablonkostnader",
    [WORD_STANDARD_COST_INTRO] =
        "Jämförelsegruppens kostnad i månaden delad med antalet personer i gruppen.",
    [WORD_STANDARD_COST_AGREED] = "Som de är avtalade i kontraktet.",
    [WORD_STANDARD_COST_CAPTION] = "Schablonkostnad per person och insatsmånad, {0}",
    [WORD_STANDARD_COST_PRICES] = "I prisläget {0}. För en annan månad: gånger månadens prisindex, "
                                  "delat med indexet för {0}.",
    [WORD_PRICES_CARRIED] =
        "Schablonkostnaderna är omräknade med prisindex till var och ens egna månader.",
    [WORD_GROUPS_FEW] =
        "Där det finns färre än {0} personer ({1}) kan det gå att läsa ur avräkningen och dess "
        "ledger vad enskilda personer har kostat, så de bör inte delas utöver dem som får se det.",
    /* figure */
    [WORD_FIGURE] = "Figur 1. {0}",
    [WORD_FIGURE_TITLE] = "Ackumulerad faktisk och förväntad kostnad",
    [WORD_FIGURE_TEXT] = "Till och med {0} är den faktiska kostnaden {1}, den förväntade {2} och "
                         "projektkostnaden {3}. Brytpunkten ligger vid {4}.",
    [WORD_FIGURE_TEXT_CAP] = "{0} Betalningstaket ligger vid {1}.",
    [WORD_FIGURE_TABLE] = "Samma uppgifter som tabell finns i bilaga 1.",
    [WORD_AXIS_AMOUNT] = "Ackumulerat, {0}",
    [WORD_AXIS_MONTH] = "Kalendermånad, {0}–{1}",
    [WORD_THOUSANDS] = "tusen {0}",
    /* return */
    [WORD_RETURNS_TITLE] = "Avkastning",
    [WORD_RETURNS_SECTION] = "Finansiärens avkastning",
    [WORD_RETURNS_INTRO] =
        "{0} betalar projektkostnaden när den används och får betalt enligt fördelningen. Varje "
        "betalning räknas vid slutet av sin månad; avräkningens belopp räknas i {1}.",
    [WORD_RETURNS_FLOWS] = "Betalningar",
    [WORD_RETURNS_SPAN] = "{0}, från {1} till {2}",
    [WORD_RETURNS_PERIODS] = "{0}, period {1} till {2}",
    [WORD_RETURNS_DAYS] = "Tidsräkning",
    [WORD_RETURNS_ACT_365] = "dagar / 365",
    [WORD_RETURNS_ACT_365_25] = "dagar / 365,25",
    [WORD_RETURNS_ACT_360] = "dagar / 360",
    [WORD_RETURNS_30E_360] = "månader om 30 dagar, den 31:a räknas som den 30:e, / 360",
    [WORD_RETURNS_MONTHS] = "kalendermånader / 12",
    [WORD_RETURNS_BY_PERIOD] = "perioder; räntan gäller en period",
    [WORD_RETURNS_MULTIPLE] = "Återbetalningskvot",
    [WORD_RETURNS_MULTIPLE_NONE] = "ingen: inget har betalats ut",
    [WORD_RETURNS_EXACTLY] = "{0} (exakt {1})",
    [WORD_RETURNS_IRR] = "Internränta",
    [WORD_RETURNS_IRR_NTH] = "Internränta {0} av {1}",
    [WORD_RETURNS_IRR_UNSURE] = "Kanske internränta",
    [WORD_RETURNS_BETWEEN] = "mellan {0} och {1}",
    [WORD_RETURNS_ABOVE] = "över {0}",
    [WORD_RETURNS_NO_FLOWS] =
        "ingen: det finns inga betalningar, eller så tar de ut varandra varje dag",
    [WORD_RETURNS_ONE_WAY] = "ingen: alla betalningar går åt samma håll",
    [WORD_RETURNS_NONE] = "ingen: nuvärdet är aldrig noll, vilken räntan än är",
    [WORD_RETURNS_PROOF] =
        "Antalet räntor över −100 % är bevisat, och var och en ligger bevisligen i sitt intervall.",
    [WORD_RETURNS_SEVERAL] = "Det finns flera internräntor. Då säger ingen av dem ensam vad "
                             "avkastningen är; använd nuvärdet.",
    [WORD_RETURNS_UNDECIDED] =
        "Det kunde inte avgöras hur många internräntor som ligger i de intervall som är märkta "
        "kanske: nuvärdet är så nära noll där att det kan snudda vid noll.",
    [WORD_RETURNS_NPV] = "Nuvärde vid {0}",
    [WORD_RETURNS_NPV_DATE] = "Nuvärdet räknas vid dagen för den första betalningen.",
    [WORD_RETURNS_EARLIER] = "Avkastningen visas inte: tidigare avräkningar har betalat, och "
                             "ledgern bär inte deras datum.",
    /* a settlement among others */
    [WORD_INTERIM] = "Tidigare avräkningar",
    [WORD_INTERIM_INTRO] = "Den föregående avräkningen gällde till och med {0}. Att betala nu är "
                           "det som varje steg ger till i dag, minus det som det gav då. {1}",
    [WORD_INTERIM_UNSTATED] = "Avtalet säger inte vad som följer om det blir mindre än noll.",
    [WORD_INTERIM_CLAW_BACK] = "Blir det mindre än noll betalas skillnaden tillbaka.",
    [WORD_INTERIM_CARRY_FORWARD] =
        "Blir det mindre än noll betalas inget, och skillnaden dras av från kommande betalningar.",
    [WORD_INTERIM_NOTHING] = "Blir det mindre än noll betalas inget, och skillnaden skrivs av.",
    [WORD_INTERIM_CAPTION] = "Vad varje steg gav då och ger nu, {0}",
    [WORD_INTERIM_ENTITLED] = "Till i dag",
    [WORD_INTERIM_BEFORE] = "Då",
    [WORD_INTERIM_CHANGE] = "Skillnad",
    [WORD_INTERIM_PAIR] =
        "{0} har tidigare betalat {1} {2}, ska till i dag ha betalat {3} och betalar nu {4}.",
    [WORD_INTERIM_CARRIED] = "För mycket betalat, att dra av senare: {0}.",
    [WORD_INTERIM_WRITTEN_OFF] = "För mycket betalat och avskrivet: {0}.",
    [WORD_CORRECTIONS] = "Rättelser",
    [WORD_CORRECTIONS_INTRO] =
        "Uppgifterna per {0} är inte längre de som då avräknades. Skäl: {1}. Varje rad visar vad "
        "som ändras när den rättas efter raderna ovanför.",
    [WORD_CORRECTIONS_CAPTION] = "Rättade uppgifter, {0}",
    [WORD_CORRECTIONS_WHAT] = "Uppgift",
    [WORD_CORRECTIONS_OLD] = "Förut",
    [WORD_CORRECTIONS_NOW] = "Nu",
    [WORD_CORRECTIONS_SAVING] = "Kostnadsminskning",
    [WORD_CORRECTIONS_PAID] = "Betalning",
    [WORD_SUBJECT_PEOPLE] = "Personer",
    [WORD_SUBJECT_PEOPLE_AT_PRICES] = "Personer vägda med prisindex",
    [WORD_SUBJECT_COST] = "Kostnad",
    [WORD_SUBJECT_COMPARISON_PEOPLE] = "Jämförelsepersoner",
    [WORD_SUBJECT_COMPARISON_COST] = "Jämförelsegruppens kostnad",
    [WORD_SUBJECT_AGREED_COST] = "Avtalad schablonkostnad",
    [WORD_SUBJECT_DRAWN] = "Projektkostnad",
    [WORD_SUBJECT_OUTCOME_SUM] = "Summa",
    [WORD_SUBJECT_OUTCOME_PERSONS] = "Antal personer",
    [WORD_SUBJECT_IN_GROUP] = "{0}, {1}, insatsmånad {2}",
    [WORD_SUBJECT_OF] = "{0}, {1}",
    [WORD_FORECAST] = "Prognos",
    [WORD_FORECAST_INTRO] =
        "En prognos, inte ett resultat: så blir det slutliga utfallet för dem som har börjat ({0} "
        "har månader kvar) om de månader som återstår {1} och projektkostnaden {2}. Villkoren står "
        "som de står i dag. Inget betalas efter prognosen.",
    [WORD_FORECAST_AS_STANDARD] = "kostar enligt schablon",
    [WORD_FORECAST_AS_RATIO] = "förhåller sig till schablon som gruppens månader hittills",
    [WORD_FORECAST_TO_DATE] = "är den som hittills upparbetats",
    [WORD_FORECAST_COMMITMENT] = "blir hela låneramen",
    [WORD_FORECAST_CAPTION] = "Prognoser för slutresultatet, {0}",
    [WORD_FORECAST_SAVING] = "Kostnadsminskning",
    [WORD_FORECAST_PAID] = "Betalning i allt",
    [WORD_NOT_KNOWN_YET] = "inte känt förrän {0}",
    [WORD_PAYMENT_NOTE_CHAINED] = "Beloppen är det som återstår att betala nu: vad tidigare "
                                  "avräkningar betalade är avdraget.",
    /* project cost */
    [WORD_COST_SECTION] = "Projektkostnad: budget och utfall",
    [WORD_COST_CAPTION] = "Projektkostnad per slag, {0}",
    [WORD_COST_CATEGORY] = "Kostnad",
    [WORD_COST_BUDGET] = "Budget",
    [WORD_COST_OUTCOME] = "Utfall",
    [WORD_COST_DIFFERENCE] = "Differens",
    [WORD_COST_NOTE] =
        "Differens = budget − utfall: över noll har mindre använts än vad som avsattes.",
    [WORD_PAY_CAPTION] = "Utförarnas ersättning, {0}",
    [WORD_PAY_AGREEMENT] = "Avtal",
    [WORD_PAY_MONTHS] = "Månader",
    [WORD_PAY_EARNED] = "Intjänat",
    [WORD_PAY_HELD] = "Innehållet",
    [WORD_PAY_PAYABLE] = "Att betala",
    [WORD_PAY_DRAWN] = "Bokfört",
    [WORD_PAY_RELEASED] = "{0}: det innehållna ({1}) betalas ut, eftersom utfallet {2} är uppnått.",
    [WORD_PAY_KEPT] =
        "{0}: det innehållna ({1}) betalas inte, eftersom utfallet {2} inte är uppnått.",
    [WORD_PAY_NOTE] =
        "Intjänat är avgiften för varje månad med kostnad av slaget. Differens = att betala − "
        "bokfört. Ersättningen är en del av projektkostnaden; inget steg betalar den en gång till.",
};
